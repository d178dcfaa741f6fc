"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { EmptyState } from "./empty-state.tsx";

/** In place of a part whose files did not come: the server has others since its update, or there is no connection. */
export function NotLoaded(): ReactNode {
  const t = useTranslations("shell");
  return (
    <div role="alert" className="px-4">
      <EmptyState
        title={t("notLoaded.title")}
        action={<Button onClick={() => window.location.reload()}>{t("newVersion.reload")}</Button>}
      >
        {t("notLoaded.body")}
      </EmptyState>
    </div>
  );
}
