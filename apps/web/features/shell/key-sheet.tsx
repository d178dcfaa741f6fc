"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { KeyHint } from "../../components/keyboard/key-hint.tsx";
import type { KeyBinding } from "../../components/keyboard/key-registry.ts";
import { useKeyRegistry, useKeys } from "../../components/keyboard/use-keys.ts";
import { Dialog } from "../../components/overlays/dialog.tsx";
import { useBackCloses } from "../../components/overlays/use-back-closes.ts";

/** One line a key, the keys of every screen last. Where layers bind the same key, the innermost is the one that answers. */
function listed(layers: readonly (readonly KeyBinding[])[]): KeyBinding[] {
  const byKey = new Map(layers.flat().map((binding) => [binding.key, binding]));
  const everywhere = ({ key }: KeyBinding): boolean => key === "?" || key === "mod+k";
  const named = [...byKey.values()].filter(({ label }) => label);
  return named.toSorted((left, right) => Number(everywhere(left)) - Number(everywhere(right)));
}

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
        <div className="p-6">
          <h2 className="mb-4 text-lg">{t("keys")}</h2>
          <dl className="grid grid-cols-[3rem_1fr] items-baseline gap-x-3 gap-y-2">
            {listed(layers).map(({ key, label }) => (
              <div key={key} className="contents">
                <dt>
                  <KeyHint value={key} steady />
                </dt>
                <dd>{label}</dd>
              </div>
            ))}
          </dl>
        </div>
      </Dialog>
    </>
  );
}
