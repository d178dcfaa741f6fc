"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { useKeys } from "../../components/keyboard/use-keys.ts";
import { goTo, recentHref } from "./places.ts";

interface BlurredAnswerProps {
  readonly projectId: string;
  readonly onReveal: () => void;
}

/** A task that may be hard to look at: nothing of it is on the page yet. */
export function BlurredAnswer({ projectId, onReveal }: BlurredAnswerProps): ReactNode {
  const t = useTranslations("workbench.blurred");
  const own = useTranslations("corrections");
  const back = (): void => goTo(recentHref(projectId));
  useKeys([
    { key: "r", label: t("reveal"), run: onReveal },
    { key: "h", label: own("toList"), run: back },
  ]);
  return (
    <main className="workbench-page flex flex-col gap-8 py-8">
      <section aria-labelledby="blurred" className="grid max-w-read gap-3 rounded-lg border border-line bg-surface p-5">
        <h2 id="blurred" className="text-lg">
          {t("title")}
        </h2>
        <p className="text-ink-2">{own("blurred.body")}</p>
        <div className="flex flex-wrap gap-2">
          <Button variant="primary" shortcut="r" onClick={onReveal}>
            {t("reveal")}
          </Button>
          <Button shortcut="h" onClick={back}>
            {own("toList")}
          </Button>
        </div>
      </section>
    </main>
  );
}
