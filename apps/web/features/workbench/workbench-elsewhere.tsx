"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button, ButtonLink } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";

/** The desk is open in another window of this browser: one task, one screen. */
export function WorkbenchElsewhere({ onTakeOver }: { readonly onTakeOver: () => void }): ReactNode {
  const t = useTranslations("workbench.elsewhere");
  return (
    <main className="workbench-page py-8">
      <EmptyState
        title={t("title")}
        action={
          <div className="flex flex-wrap gap-2">
            <Button variant="primary" onClick={onTakeOver}>
              {t("takeOver")}
            </Button>
            <ButtonLink href="/work" variant="ghost">
              {t("back")}
            </ButtonLink>
          </div>
        }
      >
        {t("body")}
      </EmptyState>
    </main>
  );
}
