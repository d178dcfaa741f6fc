"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button, ButtonLink } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";

export default function PageError({ retry }: { readonly error: unknown; readonly retry: () => void }): ReactNode {
  const t = useTranslations("shell");
  const common = useTranslations("common");
  return (
    <main className="page-edges py-12">
      <EmptyState
        title={t("crash.title")}
        action={
          <div className="flex gap-2">
            <Button onClick={retry}>{common("tryAgain")}</Button>
            <ButtonLink variant="ghost" href="/">
              {t("notFound.action")}
            </ButtonLink>
          </div>
        }
      >
        {t("crash.body")}
      </EmptyState>
    </main>
  );
}
