"use client";
import type { BatchView, ProjectView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Chip } from "../../components/figures/chip.tsx";
import { Streak } from "../../components/figures/streak.tsx";
import { Moment } from "../../components/moment.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { Due, isOverdue } from "../work/due.tsx";
import { BatchCommands } from "./batch-commands.tsx";

interface BatchTableProps {
  readonly project: ProjectView;
  readonly batches: readonly BatchView[];
  readonly changes: boolean;
}

export function BatchTable({ project, batches, changes }: BatchTableProps): ReactNode {
  const t = useTranslations("batches");
  const formats = useFormats();
  const columns: Column<BatchView>[] = [
    { id: "number", header: t("number"), numeric: true, cell: ({ number }) => formats.number(number) },
    {
      id: "name",
      header: t("name"),
      wrap: true,
      cell: ({ name }) => <span className="block min-w-36 [overflow-wrap:anywhere]">{name || "–"}</span>,
    },
    { id: "progress", header: t("progress"), cell: (batch) => <Progress batch={batch} /> },
    { id: "due", header: t("due"), cell: ({ dueAt }) => <DueCell at={dueAt} /> },
    {
      id: "state",
      header: t("state"),
      cell: ({ state }) => <Chip state={state === "open" ? "ok" : "rest"}>{t(`states.${state}`)}</Chip>,
    },
  ];
  const commands: Column<BatchView> = {
    id: "commands",
    header: t("commands"),
    cell: (batch) => (
      <UnlessArchived projectId={project.id} quiet>
        <BatchCommands project={project} batch={batch} />
      </UnlessArchived>
    ),
  };
  const shown = changes ? [...columns, commands] : columns;
  return <Table label={t("title")} columns={shown} rows={batches} rowKey={({ number }) => String(number)} />;
}

/** Overdue is said; of another date the column's head says what it is. */
function DueCell({ at }: { readonly at: string | null }): ReactNode {
  if (at === null) return "–";
  return isOverdue(at) ? <Due at={at} /> : <Moment at={at} />;
}

/** Tasks of which every place is judged or held, of all. */
function Progress({ batch: { tasks } }: { readonly batch: BatchView }): ReactNode {
  const t = useTranslations("batches");
  const total = tasks.open + tasks.full + tasks.closed;
  return (
    <span className="flex items-center gap-3">
      <Streak value={total === 0 ? 0 : tasks.full / total} className="w-20" />
      <span className="text-ink-2">{t("tasks", { ...tasks, total })}</span>
    </span>
  );
}
