"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { BatchTable } from "./batch-table.tsx";
import { batchesQuery } from "./batches-query.ts";

/** Tasks by their number, in the order in which they are handed out: how far each is, by when it is wanted, and what becomes of it. */
export function BatchesPage({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("batches");
  const batches = useQuery(batchesQuery(projectId));
  const admin = useHasRole("admin");
  return (
    <ProjectFrame id={projectId}>
      {(project) => (
        <>
          <PageHead title={t("title")} />
          <QueryView query={batches}>
            {({ items }) =>
              items.length === 0 ? (
                <EmptyState title={t("empty.title")}>{t("empty.body")}</EmptyState>
              ) : (
                <Card title={t("order")} note={t("note")} flush>
                  <BatchTable project={project} batches={items} changes={admin && project.state !== "archived"} />
                </Card>
              )
            }
          </QueryView>
        </>
      )}
    </ProjectFrame>
  );
}
