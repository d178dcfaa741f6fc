"use client";
import type { JudgementView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Chip } from "../../components/figures/chip.tsx";
import { Moment } from "../../components/moment.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useAnswerWords } from "../workbench/questions/use-answer-words.ts";
import { PromptExcerpt } from "./prompt-excerpt.tsx";
import { useIsHidden } from "./use-hidden.ts";

interface JudgementTableProps {
  readonly label: string;
  readonly rows: readonly JudgementView[];
}

/** Judgements as rows, each leading to the judgement itself. */
export function JudgementTable({ label, rows }: JudgementTableProps): ReactNode {
  const t = useTranslations("judgements");
  const leftOut = useTranslations("leftOut");
  const inWords = useAnswerWords();
  const isHidden = useIsHidden();
  const columns: Column<JudgementView>[] = [
    {
      id: "answer",
      header: t("columns.answer"),
      cell: (row) => (
        <span className="flex items-center gap-2">
          <TextLink href={`/judgements/${row.id}`}>
            {row.answers ? inWords(row.questions, row.answers) : t("retracted")}
          </TextLink>
          {row.leftOut ? <Chip state="rest">{leftOut("marks.judgement")}</Chip> : null}
        </span>
      ),
    },
    {
      id: "prompt",
      header: t("columns.prompt"),
      wide: true,
      cell: (row) =>
        isHidden(row) ? (
          <span className="text-ink-3">{t("hidden.excerpt")}</span>
        ) : (
          <PromptExcerpt messages={row.prompt.messages} />
        ),
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
    <div className="rounded-lg border border-line bg-surface">
      <Table label={label} columns={columns} rows={rows} rowKey={(row) => row.id} />
    </div>
  );
}
