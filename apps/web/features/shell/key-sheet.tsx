"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, Suspense, useState } from "react";
import { Button } from "../../components/button.tsx";
import { KeyHint } from "../../components/keyboard/key-hint.tsx";
import { useKeyRegistry, useKeys } from "../../components/keyboard/use-keys.ts";
import { lazyPart } from "../../components/lazy-part.ts";
import { Loading } from "../../components/loading.tsx";
import { Dialog } from "../../components/overlays/dialog.tsx";
import { useBackCloses } from "../../components/overlays/use-back-closes.ts";

const KeyList = lazyPart(() => import("./key-list.tsx").then((file) => file.KeyList));

/** `?` shows the keys of this screen, read from what is bound right now. */
export function KeySheet({ className }: { readonly className?: string }): ReactNode {
  const t = useTranslations("shell");
  const [open, setOpen] = useState(false);
  const { layers } = useKeyRegistry();
  useBackCloses(open, () => setOpen(false));
  useKeys([{ key: "?", label: t("keys"), run: () => setOpen(true) }]);
  return (
    <>
      <Button
        variant="ghost"
        aria-label={t("keys")}
        aria-keyshortcuts="?"
        className={className}
        onClick={() => setOpen(true)}
      >
        <KeyHint value="?" steady />
      </Button>
      <Dialog label={t("keys")} open={open} onClose={() => setOpen(false)}>
        {open ? (
          <Suspense fallback={<Loading />}>
            <KeyList layers={layers} />
          </Suspense>
        ) : null}
      </Dialog>
    </>
  );
}
