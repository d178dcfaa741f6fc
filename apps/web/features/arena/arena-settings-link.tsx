"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { TextLink } from "../../components/text-link.tsx";

/** Among a project's settings, the way to its arena. */
export function ArenaSettingsLink({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("arena");
  return (
    <Card title={t("title")}>
      <p className="text-ink-2">
        {t("settings.lead")} <TextLink href={`/projects/${projectId}/arena`}>{t("settings.open")}</TextLink>
      </p>
    </Card>
  );
}
