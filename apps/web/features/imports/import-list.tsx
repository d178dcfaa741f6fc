"use client";
import { useQuery } from "@tanstack/react-query";
import type { ImportListItem } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Moment } from "../../components/moment.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { ImportActions } from "./import-actions.tsx";
import { importsQuery } from "./import-queries.ts";
import { standingOf } from "./import-standing.ts";

/** Every import of a project: whose, what it brought, how it stands, and what can be done with it. */
export function Imports({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("imports");
  const formats = useFormats();
  const imports = useQuery(importsQuery(projectId)).data?.items ?? [];
  if (imports.length === 0) return null;
  const counts = ["prompts", "completions", "tasks", "judgements", "annotators"] as const;
  const columns: Column<ImportListItem>[] = [
    {
      id: "file",
      header: t("columns.file"),
      wrap: true,
      cell: (one) => (
        <TextLink href={`/projects/${projectId}/import/${one.id}`} className="min-w-20 wrap-anywhere">
          {one.fileName ?? t(one.template ? "columns.examples" : "columns.noFile")}
        </TextLink>
      ),
    },
    { id: "by", header: t("columns.by"), cell: (one) => one.memberName ?? "" },
    { id: "at", header: t("columns.at"), cell: (one) => <Moment at={one.createdAt} /> },
    { id: "format", header: t("columns.format"), cell: (one) => t(`formats.${one.format}`) },
    ...counts.map(
      (name): Column<ImportListItem> => ({
        id: name,
        header: t(`columns.${name}`),
        numeric: true,
        cell: (one) => formats.number(one[name]),
      }),
    ),
    {
      id: "standing",
      header: t("columns.standing"),
      wrap: true,
      cell: (one) => t(`standings.${standingOf(one)}`, { open: one.tasksOpen, closed: one.tasksClosed }),
    },
    {
      id: "since",
      header: t("columns.since"),
      wrap: true,
      cell: (one) => t("since", { judgements: one.judgementsSince, tasks: one.tasksJudgedSince }),
    },
    { id: "actions", header: t("columns.actions"), cell: (one) => <ImportActions projectId={projectId} one={one} /> },
  ];
  return (
    <div className="mt-8 rounded-lg border border-line bg-surface">
      <Table label={t("past")} columns={columns} rows={imports} rowKey={(one) => one.id} />
    </div>
  );
}
