"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { TextLink } from "../../components/text-link.tsx";

/** Among a project's settings, the way to its webhooks. */
export function WebhookSettings({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("webhooks");
  return (
    <Card title={t("title")}>
      <p className="text-ink-2">
        {t("lead")} <TextLink href={`/projects/${projectId}/settings/webhooks`}>{t("open")}</TextLink>
      </p>
    </Card>
  );
}
