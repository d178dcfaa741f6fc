"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { useKeys } from "../../components/keyboard/use-keys.ts";

/** In the place of what may be hard to look at: nothing of it is on the page yet. */
export function HiddenTask({ onReveal }: { readonly onReveal: () => void }): ReactNode {
  const t = useTranslations("judgements.hidden");
  useKeys([{ key: "r", label: t("reveal"), run: onReveal }]);
  return (
    <section
      aria-label={t("title")}
      className="grid max-w-read justify-items-start gap-3 rounded-lg border border-line bg-surface p-5"
    >
      <p className="text-ink-2">{t("body")}</p>
      <Button shortcut="r" onClick={onReveal}>
        {t("reveal")}
      </Button>
    </section>
  );
}
