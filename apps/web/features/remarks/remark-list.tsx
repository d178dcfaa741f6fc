"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { RemarkView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { EmptyState } from "../../components/empty-state.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { Moment } from "../../components/moment.tsx";
import { MoreButton } from "../../components/more-button.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { PromptExcerpt } from "../judgements/prompt-excerpt.tsx";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { useAnswerWords } from "../workbench/questions/use-answer-words.ts";
import { remarksQuery } from "./remark-queries.ts";

/** What people have left at the desk beside their answers, so that somebody hears of it. */
export function RemarkList({ projectId }: { readonly projectId: string }): ReactNode {
  return <ProjectFrame id={projectId}>{() => <Remarks projectId={projectId} />}</ProjectFrame>;
}

function Remarks({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("remarks");
  const [silentSkips, setSilentSkips] = useState(false);
  const remarks = useInfiniteQuery(remarksQuery(projectId, silentSkips));
  return (
    <>
      <PageHead title={t("title")} />
      <p className="max-w-read text-ink-2">{t("what")}</p>
      <Checkbox checked={silentSkips} onChange={(event) => setSilentSkips(event.target.checked)}>
        {t("silentSkips")}
      </Checkbox>
      <QueryView query={remarks}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return items.length === 0 ? (
            <EmptyState title={t("empty.title")}>{t("empty.body")}</EmptyState>
          ) : (
            <>
              <RemarkTable remarks={items} />
              <MoreButton query={remarks} />
            </>
          );
        }}
      </QueryView>
    </>
  );
}

function RemarkTable({ remarks }: { readonly remarks: readonly RemarkView[] }): ReactNode {
  const t = useTranslations("remarks");
  const columns: Column<RemarkView>[] = [
    { id: "done", header: t("columns.done"), cell: (remark) => <Done remark={remark} /> },
    { id: "said", header: t("columns.said"), wrap: true, cell: (remark) => <Said remark={remark} /> },
    {
      id: "prompt",
      header: t("columns.prompt"),
      wide: true,
      cell: ({ prompt }) => <PromptExcerpt messages={prompt} />,
    },
    { id: "who", header: t("columns.who"), wide: true, cell: ({ member }) => member.name },
    {
      id: "at",
      header: t("columns.at"),
      numeric: true,
      wide: true,
      cell: ({ createdAt }) => <Moment at={createdAt} />,
    },
  ];
  return (
    <div className="my-3 rounded-lg border border-line bg-surface">
      <Table label={t("title")} columns={columns} rows={remarks} rowKey={({ id }) => id} />
    </div>
  );
}

/** What was done with the task, which leads to it. */
function Done({ remark }: { readonly remark: RemarkView }): ReactNode {
  const t = useTranslations("remarks");
  const inWords = useAnswerWords();
  if (remark.kind === "skip") return <TextLink href={`/skips/${remark.id}`}>{t("skipped")}</TextLink>;
  return (
    <TextLink href={`/judgements/${remark.id}`}>
      {remark.answers ? inWords(remark.questions, remark.answers) : t("judged")}
    </TextLink>
  );
}

/** The flag, the reason and the comment: whichever were given. */
function Said({ remark }: { readonly remark: RemarkView }): ReactNode {
  const t = useTranslations("remarks");
  const { flagged, reason, comment } = remark;
  if (!flagged && reason === null && comment === "") return <span className="text-ink-3">{t("nothing")}</span>;
  return (
    <span className="grid max-w-read gap-1">
      {flagged ? <Chip state="attention">{t("flagged")}</Chip> : null}
      {reason === null ? null : <span>{t(`reasons.${reason}`)}</span>}
      {comment === "" ? null : <span className="whitespace-pre-wrap [overflow-wrap:anywhere]">{comment}</span>}
    </span>
  );
}
