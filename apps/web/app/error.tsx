"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button, ButtonLink } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { NotLoaded } from "../components/not-loaded.tsx";

interface PageErrorProps {
  readonly error: unknown;
  readonly retry: () => void;
}

/** A file of the page that the server has no more, since it has been updated, comes by no other try: the new page does. */
const isMissingFile = (error: unknown): boolean => error instanceof Error && error.name === "ChunkLoadError";

export default function PageError({ error, retry }: PageErrorProps): ReactNode {
  const t = useTranslations("shell");
  const common = useTranslations("common");
  if (isMissingFile(error)) {
    return (
      <main className="page-edges py-12">
        <NotLoaded />
      </main>
    );
  }
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
