"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { NewWebhook } from "./new-webhook.tsx";
import { WebhookCard } from "./webhook-card.tsx";
import { webhooksQuery } from "./webhook-queries.ts";

/** The addresses that are told of what happens in a project, and what became of telling them. */
export function WebhooksPage({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("webhooks");
  const admin = useHasRole("admin");
  const href = `/projects/${projectId}/settings/webhooks`;
  return (
    <ProjectFrame id={projectId} crumb={{ label: t("title"), href }}>
      {() =>
        admin ? (
          <>
            <PageHead title={t("title")} />
            <Webhooks projectId={projectId} />
          </>
        ) : (
          <EmptyState title={t("refused.title")}>{t("refused.body")}</EmptyState>
        )
      }
    </ProjectFrame>
  );
}

function Webhooks({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("webhooks");
  const webhooks = useQuery(webhooksQuery(projectId));
  return (
    <div className="grid max-w-[44rem] gap-6">
      <p className="max-w-read text-ink-2">{t("lead")}</p>
      <QueryView query={webhooks}>
        {({ items }) => items.map((webhook) => <WebhookCard key={webhook.id} webhook={webhook} />)}
      </QueryView>
      <UnlessArchived projectId={projectId}>
        <NewWebhook projectId={projectId} />
      </UnlessArchived>
    </div>
  );
}
