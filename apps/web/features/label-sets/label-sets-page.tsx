"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { LabelSetRow } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "../../components/empty-state.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { Moment } from "../../components/moment.tsx";
import { MoreButton } from "../../components/more-button.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { itemsHref } from "../browse/item-filter.ts";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { labelSetsQuery } from "./label-set-queries.ts";
import { useSetName } from "./use-set-name.ts";

/** All frozen sets of a project, newest first. */
export function LabelSetsPage({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("labelSets");
  const sets = useInfiniteQuery(labelSetsQuery(projectId));
  return (
    <ProjectFrame id={projectId} crumb={{ label: t("title"), href: `/projects/${projectId}/label-sets` }}>
      {() => (
        <>
          <PageHead title={t("title")} />
          <p className="mb-5 max-w-read text-ink-2">{t("lead")}</p>
          <QueryView query={sets}>
            {({ pages }) => <Sets projectId={projectId} sets={pages.flatMap(({ items }) => items)} />}
          </QueryView>
          <MoreButton query={sets} />
        </>
      )}
    </ProjectFrame>
  );
}

interface SetsProps {
  readonly projectId: string;
  readonly sets: readonly LabelSetRow[];
}

function Sets({ projectId, sets }: SetsProps): ReactNode {
  const t = useTranslations("labelSets");
  const formats = useFormats();
  const nameOf = useSetName();
  if (sets.length === 0) {
    return (
      <EmptyState title={t("none.title")} action={<TextLink href={itemsHref(projectId)}>{t("none.action")}</TextLink>}>
        {t("none.body")}
      </EmptyState>
    );
  }
  const columns: Column<LabelSetRow>[] = [
    {
      id: "name",
      header: t("columns.name"),
      wrap: true,
      cell: (set) => (
        <span className="flex flex-wrap items-center gap-x-3">
          <TextLink href={`/label-sets/${set.id}`} className="min-w-20 wrap-anywhere">
            {nameOf(set)}
          </TextLink>
          {set.latest ? <Chip state="ok">{t("latest")}</Chip> : null}
          {set.includesSimulated ? <Chip state="attention">{t("simulated")}</Chip> : null}
        </span>
      ),
    },
    {
      id: "judgements",
      header: t("columns.judgements"),
      numeric: true,
      cell: ({ judgements, deleted }) => formats.number(judgements - deleted),
    },
    { id: "files", header: t("columns.files"), numeric: true, cell: ({ files }) => formats.number(files) },
    { id: "runs", header: t("columns.runs"), numeric: true, cell: ({ runs }) => formats.number(runs) },
    { id: "by", header: t("columns.by"), cell: ({ madeBy }) => madeBy ?? t("byItself") },
    { id: "at", header: t("columns.at"), cell: ({ createdAt }) => <Moment at={createdAt} /> },
  ];
  return (
    <div className="rounded-lg border border-line bg-surface">
      <Table label={t("title")} columns={columns} rows={sets} rowKey={({ id }) => id} />
    </div>
  );
}
