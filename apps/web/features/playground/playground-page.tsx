"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { endpointsQuery } from "../endpoints/endpoint-queries.ts";
import { modelsQuery } from "../models/model-queries.ts";
import { projectsQuery } from "../projects/project-queries.ts";
import { useHasRole } from "../session/signed-in.tsx";
import { WorkspaceFrame } from "../shell/workspace-frame.tsx";
import { Playground } from "./playground.tsx";

interface PlaygroundPageProps {
  /** Policies to begin with; they stand in the address. */
  readonly modelIds: readonly string[];
  readonly projectId: string | null;
}

/** Where one talks to any policies, side by side. */
export function PlaygroundPage({ modelIds, projectId }: PlaygroundPageProps): ReactNode {
  const t = useTranslations("playground");
  const shell = useTranslations("models");
  const models = useQuery(modelsQuery());
  const staff = useHasRole("admin", "researcher", "reviewer");
  const projects = useQuery({ ...projectsQuery, enabled: staff });
  // Each answer of an endpoint costs: whoever may launch its runs may ask it here.
  const builds = useHasRole("admin", "researcher");
  const asked = useQuery({ ...endpointsQuery(), enabled: builds });
  const endpoints = builds ? asked.data?.items : [];
  const crumbs = [
    { label: shell("title"), href: "/models" },
    { label: t("title"), href: "/models/playground" },
  ];
  return (
    <WorkspaceFrame crumbs={crumbs}>
      {staff ? (
        <QueryView query={models}>
          {({ items }) => (
            <QueryView query={projects}>
              {(all) =>
                endpoints === undefined ? (
                  <QueryView query={asked}>{() => null}</QueryView>
                ) : (
                  <Playground {...{ models: items, endpoints, projects: all.items, modelIds, projectId }} />
                )
              }
            </QueryView>
          )}
        </QueryView>
      ) : (
        <>
          <PageHead title={t("title")} />
          <EmptyState title={t("notYours")} />
        </>
      )}
    </WorkspaceFrame>
  );
}
