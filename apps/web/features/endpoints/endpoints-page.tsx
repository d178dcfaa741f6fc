"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { WorkspaceFrame } from "../shell/workspace-frame.tsx";
import { EndpointCard } from "./endpoint-card.tsx";
import { endpointsQuery } from "./endpoint-queries.ts";
import { NewEndpoint } from "./new-endpoint.tsx";

/** Addresses whose models answer prompts. */
export function EndpointsPage(): ReactNode {
  const t = useTranslations("endpoints");
  const models = useTranslations("models");
  const admin = useHasRole("admin");
  const endpoints = useQuery(endpointsQuery());
  const crumbs = [
    { label: models("title"), href: "/models" },
    { label: t("title"), href: "/models/endpoints" },
  ];
  return (
    <WorkspaceFrame crumbs={crumbs}>
      <PageHead title={t("title")} />
      <div className="grid max-w-[44rem] gap-6">
        <p className="max-w-read text-ink-2">{t("lead")}</p>
        <QueryView query={endpoints}>
          {({ items }) =>
            items.length === 0 && !admin ? (
              <EmptyState title={t("empty.title")}>{t("empty.body")}</EmptyState>
            ) : (
              items.map((endpoint) => <EndpointCard key={endpoint.id} endpoint={endpoint} />)
            )
          }
        </QueryView>
        {admin ? <NewEndpoint /> : null}
      </div>
    </WorkspaceFrame>
  );
}
