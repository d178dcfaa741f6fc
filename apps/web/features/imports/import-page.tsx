"use client";
import { useQuery } from "@tanstack/react-query";
import type { ImportView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Moment } from "../../components/moment.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { ImportForm } from "./import-form.tsx";
import { importsQuery } from "./import-queries.ts";

export function ImportPage({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("imports");
  return (
    <ProjectFrame id={projectId}>
      {(project) => (
        <>
          <PageHead title={t("title")} />
          <ImportForm projectId={project.id} />
          <Imports projectId={project.id} />
        </>
      )}
    </ProjectFrame>
  );
}

function Imports({ projectId }: { readonly projectId: string }): ReactNode {
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
