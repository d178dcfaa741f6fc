"use client";
import { useQuery } from "@tanstack/react-query";
import type { ProjectView, RunView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { Moment } from "../../components/moment.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { Schedules } from "../schedules/schedules.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { runsQuery } from "./run-queries.ts";
import { chipOfRun, nameOfRun } from "./run-state.ts";

export function RunList({ projectId }: { readonly projectId: string }): ReactNode {
  return <ProjectFrame id={projectId}>{(project) => <Runs project={project} />}</ProjectFrame>;
}

function Runs({ project }: { readonly project: ProjectView }): ReactNode {
  const t = useTranslations("runs");
  const runs = useQuery(runsQuery(project.id));
  const builds = useHasRole("admin", "researcher");
  const launch = builds ? (
    <ButtonLink href={`/projects/${project.id}/runs/new`} variant="primary">
      {t("launch")}
    </ButtonLink>
  ) : null;
  return (
    <>
      <PageHead title={t("title")} actions={launch} />
      <QueryView query={runs}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t("empty.title")}>{t("empty.body")}</EmptyState>
          ) : (
            <RunTable runs={items} />
          )
        }
      </QueryView>
      <Schedules projectId={project.id} />
    </>
  );
}

function RunTable({ runs }: { readonly runs: readonly RunView[] }): ReactNode {
  const t = useTranslations("runs");
  const columns: Column<RunView>[] = [
    {
      id: "name",
      header: t("columns.run"),
      cell: (run) => <TextLink href={`/runs/${run.id}`}>{nameOfRun(run, (kind) => t(`kinds.${kind}`))}</TextLink>,
    },
    { id: "kind", header: t("columns.kind"), wide: true, cell: (run) => t(`kinds.${run.kind}`) },
    {
      id: "state",
      header: t("columns.state"),
      cell: (run) => <Chip state={chipOfRun(run.state)}>{t(`states.${run.state}`)}</Chip>,
    },
    {
      id: "by",
      header: t("columns.by"),
      wide: true,
      cell: (run) => run.requestedBy ?? t("bySchedule"),
    },
    { id: "at", header: t("columns.at"), numeric: true, wide: true, cell: (run) => <Moment at={run.createdAt} /> },
  ];
  return (
    <div className="rounded-lg border border-line bg-surface">
      <Table label={t("title")} columns={columns} rows={runs} rowKey={(run) => run.id} />
    </div>
  );
}
