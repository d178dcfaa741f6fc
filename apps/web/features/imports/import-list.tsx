"use client";
import { useQuery } from "@tanstack/react-query";
import type { ImportView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Moment } from "../../components/moment.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { importsQuery } from "./import-queries.ts";

/** What was imported into this project so far, newest first. */
export function Imports({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("imports");
  const formats = useFormats();
  const imports = useQuery(importsQuery(projectId)).data?.items ?? [];
  if (imports.length === 0) return null;
  const counts = ["prompts", "completions", "tasks", "judgements", "annotators"] as const;
  const columns: Column<ImportView>[] = [
    { id: "at", header: t("columns.at"), cell: (one) => <Moment at={one.createdAt} /> },
    { id: "format", header: t("columns.format"), cell: (one) => t(`formats.${one.format}`) },
    ...counts.map(
      (name): Column<ImportView> => ({
        id: name,
        header: t(`columns.${name}`),
        numeric: true,
        cell: (one) => formats.number(one[name]),
      }),
    ),
  ];
  return (
    <div className="mt-8 rounded-lg border border-line bg-surface">
      <Table label={t("past")} columns={columns} rows={imports} rowKey={(one) => one.id} />
    </div>
  );
}
