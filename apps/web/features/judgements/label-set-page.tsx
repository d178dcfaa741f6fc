"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { JudgementView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { Moment } from "../../components/moment.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { WorkspaceFrame } from "../shell/workspace-frame.tsx";
import { wordsOfAnswer } from "./answer-words.ts";
import { labelSetQuery } from "./judgement-queries.ts";

/** The very judgements that a model learned from. */
export function LabelSetPage({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations("judgements");
  const pages = useInfiniteQuery(labelSetQuery(id));
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const columns: Column<JudgementView>[] = [
    {
      id: "answer",
      header: t("columns.answer"),
      cell: (row) => (
        <TextLink href={`/judgements/${row.id}`}>{row.answer ? sentence(t, row.answer) : t("retracted")}</TextLink>
      ),
    },
    {
      id: "prompt",
      header: t("columns.prompt"),
      wide: true,
      cell: (row) => <Excerpt text={row.prompt.messages.at(-1)?.content ?? ""} />,
    },
    {
      id: "who",
      header: t("columns.who"),
      cell: (row) => (
        <span className="flex items-center gap-2">
          {row.member.name}
          {row.member.kind === "person" ? null : <Chip state="rest">{t(`kinds.${row.member.kind}`)}</Chip>}
        </span>
      ),
    },
    { id: "at", header: t("columns.at"), numeric: true, wide: true, cell: (row) => <Moment at={row.createdAt} /> },
  ];
  return (
    <WorkspaceFrame crumbs={[{ label: t("labelSet"), href: `/label-sets/${id}` }]}>
      <PageHead title={t("labelSet")} />
      {pages.isError ? <ProblemNotice error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      <div className="rounded-lg border border-line bg-surface">
        <Table label={t("labelSet")} columns={columns} rows={rows} rowKey={(row) => row.id} />
      </div>
      {pages.hasNextPage ? (
        <Button className="mt-4" pending={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("more")}
        </Button>
      ) : null}
    </WorkspaceFrame>
  );
}

type Translate = ReturnType<typeof useTranslations<"judgements">>;

export function sentence(t: Translate, answer: NonNullable<JudgementView["answer"]>): string {
  const { key, score } = wordsOfAnswer(answer);
  return t(`answers.${key}`, { score });
}

/** A prompt in one line of a table; the judgement's own page has all of it. */
function Excerpt({ text }: { readonly text: string }): ReactNode {
  return <span className="block max-w-80 truncate text-ink-2">{text}</span>;
}
