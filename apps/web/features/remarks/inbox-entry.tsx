"use client";
import type { RemarkView } from "@touchstone/contracts";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Chip, type ChipState } from "../../components/figures/chip.tsx";
import { Moment } from "../../components/moment.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { PromptExcerpt } from "../judgements/prompt-excerpt.tsx";
import { useIsHidden } from "../judgements/use-hidden.ts";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { useAnswerWords } from "../workbench/questions/use-answer-words.ts";
import { ReadingText } from "../workbench/views/reading-text.tsx";
import { RemarkActions } from "./remark-actions.tsx";

interface InboxEntryProps {
  readonly projectId: string;
  readonly remark: RemarkView;
}

const marks = { question: "running", judgement: "attention", skip: "rest" } as const satisfies Record<
  RemarkView["kind"],
  ChipState
>;

/** One thing in the inbox: who said what of which item, and what becomes of it. */
export function InboxEntry({ projectId, remark }: InboxEntryProps): ReactNode {
  const t = useTranslations("remarks");
  const judgements = useTranslations("judgements");
  const hidden = useIsHidden()(remark);
  const { id, kind, taskId, member, prompt, createdAt, answer, done = false } = remark;
  return (
    <li data-remark={id} className="grid gap-2 border-b border-line px-4 py-3 last:border-b-0 focus-within:bg-sunken">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-3">
        <Chip state={marks[kind]}>{t(`oneOf.${kind}`)}</Chip>
        <span>{member.name}</span>
        <Moment at={createdAt} />
        {done ? <Chip state="ok">{t("states.done")}</Chip> : null}
        {answer?.forAll ? <span>{t("forAll")}</span> : null}
      </p>
      <Said remark={remark} />
      {answer ? (
        <div className="grid max-w-read gap-1 rounded-md border border-line bg-surface p-3">
          <p className="text-xs text-ink-3">{t("answered", { name: answer.by })}</p>
          <div className="guideline-text">
            <ReadingText text={answer.text} language={null} />
          </div>
        </div>
      ) : null}
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <Link
          href={`/items/${taskId}`}
          data-entry=""
          className="block max-w-96 min-w-0 truncate text-accent [&>span]:text-inherit underline-offset-3 hover:underline max-md:max-w-60"
        >
          {hidden ? <span>{judgements("hidden.excerpt")}</span> : <PromptExcerpt messages={prompt} />}
        </Link>
        <Made remark={remark} />
      </p>
      <UnlessArchived projectId={projectId} quiet>
        <RemarkActions projectId={projectId} remark={remark} />
      </UnlessArchived>
    </li>
  );
}

/** The judgement or the skip that it was said with, which leads to it. */
function Made({ remark }: { readonly remark: RemarkView }): ReactNode {
  const t = useTranslations("remarks");
  const inWords = useAnswerWords();
  if (remark.kind === "question") return null;
  if (remark.kind === "skip") return <TextLink href={`/skips/${remark.id}`}>{t("skipped")}</TextLink>;
  return (
    <TextLink href={`/judgements/${remark.id}`}>
      {remark.answers ? inWords(remark.questions, remark.answers) : t("judged")}
    </TextLink>
  );
}

/** The flag, the reason and the text: whichever were given. */
function Said({ remark }: { readonly remark: RemarkView }): ReactNode {
  const t = useTranslations("remarks");
  const { flagged, reason, comment } = remark;
  if (!flagged && reason === null && comment === "") return <p className="text-ink-3">{t("nothing")}</p>;
  return (
    <div className="grid max-w-read gap-1">
      {flagged ? <Chip state="attention">{t("flagged")}</Chip> : null}
      {reason === null ? null : <span>{t(`reasons.${reason}`)}</span>}
      {comment === "" ? null : (
        <p dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
          {comment}
        </p>
      )}
    </div>
  );
}
