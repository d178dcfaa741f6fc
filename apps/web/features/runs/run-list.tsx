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
import { useFormats } from "../../components/use-formats.ts";
import { CompareBar, useCompareChoice } from "../compare/compare-choice.tsx";
import { ModelResult } from "../models/model-result.tsx";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { Schedules } from "../schedules/schedules.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { runsQuery } from "./run-queries.ts";
import { type ChangedSetting, changedSettings, roundOf } from "./run-siblings.ts";
import { chipOfRun, nameOfRun } from "./run-state.ts";

export function RunList({ projectId }: { readonly projectId: string }): ReactNode {
  return <ProjectFrame id={projectId}>{(project) => <Runs project={project} />}</ProjectFrame>;
}

function Runs({ project }: { readonly project: ProjectView }): ReactNode {
  const t = useTranslations("runs");
  const runs = useQuery(runsQuery(project.id));
  const builds = useHasRole("admin", "researcher");
  const launch = builds ? (
    <UnlessArchived projectId={project.id} quiet>
      <ButtonLink href={`/projects/${project.id}/runs/new`} variant="primary">
        {t("launch")}
      </ButtonLink>
    </UnlessArchived>
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
  const formats = useFormats();
  const choice = useCompareChoice((run: RunView) =>
    t("number", { number: run.number, name: nameOfRun(run, (kind) => t(`kinds.${kind}`)) }),
  );
  const columns: Column<RunView>[] = [
    choice.column,
    {
      id: "name",
      header: t("columns.run"),
      cell: (run) => <RunLink run={run} round={roundOf(run, runs)} />,
    },
    {
      id: "changed",
      header: t("columns.changed"),
      wide: true,
      wrap: true,
      cell: (run) => <Changed changes={changedSettings(run, runs)} />,
    },
    {
      id: "state",
      header: t("columns.state"),
      cell: (run) => <Chip state={chipOfRun(run.state)}>{t(`states.${run.state}`)}</Chip>,
    },
    {
      id: "result",
      header: t("columns.result"),
      numeric: true,
      cell: (run) => (run.published ? <ModelResult metrics={run.published.metrics} /> : "–"),
    },
    {
      id: "labels",
      header: t("columns.labels"),
      numeric: true,
      wide: true,
      cell: (run) => (run.labelSet ? formats.number(run.labelSet.judgements) : "–"),
    },
    {
      id: "duration",
      header: t("columns.duration"),
      numeric: true,
      wide: true,
      cell: (run) =>
        run.startedAt && run.finishedAt ? formats.duration(secondsBetween(run.startedAt, run.finishedAt)) : "–",
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
      {runs.length > 1 ? <CompareBar choice={choice} of="runs" /> : null}
    </div>
  );
}

const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

function RunLink({ run, round }: { readonly run: RunView; readonly round: number | null }): ReactNode {
  const t = useTranslations("runs");
  const name = nameOfRun(run, (kind) => t(`kinds.${kind}`));
  return (
    <span className="grid">
      <TextLink href={`/runs/${run.id}`}>{t("number", { number: run.number, name })}</TextLink>
      {round === null ? null : <span className="text-xs text-ink-3">{t("inRound", { number: round })}</span>}
    </span>
  );
}

/** Settings in their own names, as they stand in the run's spec. */
function Changed({ changes }: { readonly changes: readonly ChangedSetting[] | null }): ReactNode {
  const t = useTranslations("runs");
  if (changes === null) return <span className="text-ink-3">{t("firstOfKind")}</span>;
  if (changes.length === 0) return <span className="text-ink-3">{t("asBefore")}</span>;
  return (
    <ul lang="en" className="max-w-80 font-mono text-xs [overflow-wrap:anywhere]">
      {changes.map(({ setting, before, now }) => (
        <li key={setting}>
          {setting} {JSON.stringify(before) ?? "–"} → {JSON.stringify(now) ?? "–"}
        </li>
      ))}
    </ul>
  );
}
