"use client";
import { useQuery } from "@tanstack/react-query";
import type { JudgementView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Chip } from "../../components/figures/chip.tsx";
import { Moment } from "../../components/moment.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { JudgementLeaving, LeftOutNote } from "../left-out/left-out-note.tsx";
import { WorkspaceFrame } from "../shell/workspace-frame.tsx";
import { useAnswerWords } from "../workbench/questions/use-answer-words.ts";
import { AnswersInFull } from "./answers-in-full.tsx";
import { CommentText } from "./comment-text.tsx";
import { HiddenTask } from "./hidden-task.tsx";
import { judgementQuery } from "./judgement-queries.ts";
import { TaskAsShown } from "./task-as-shown.tsx";
import { useHidden } from "./use-hidden.ts";

/** One judgement as it was made: what was shown, in which order, what was said, by whom. */
export function JudgementPage({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations("judgements");
  const judgement = useQuery(judgementQuery(id));
  return (
    <WorkspaceFrame crumbs={[{ label: t("one"), href: `/judgements/${id}` }]}>
      <QueryView query={judgement}>{(data) => <Judgement judgement={data} />}</QueryView>
    </WorkspaceFrame>
  );
}

function Judgement({ judgement }: { readonly judgement: JudgementView }): ReactNode {
  const t = useTranslations("judgements");
  const inWords = useAnswerWords();
  const formats = useFormats();
  const { member, timings } = judgement;
  const { hidden, reveal } = useHidden(judgement);
  const titleOf = (): string => {
    if (!judgement.answers) return t("retracted");
    // What was written or marked may tell of what is hidden.
    return hidden ? t("one") : inWords(judgement.questions, judgement.answers);
  };
  const state = judgement.state === "counted" ? "ok" : "rest";
  return (
    <article className="grid gap-6">
      <PageHead
        title={titleOf()}
        chip={
          judgement.leftOut === null || judgement.state !== "counted" ? (
            <Chip state={state}>{t(`states.${judgement.state}`)}</Chip>
          ) : undefined
        }
        {...(judgement.state === "counted" ? { actions: <Leaving judgement={judgement} /> } : {})}
      />
      <p className="-mt-8 flex flex-wrap items-center gap-x-4 text-xs text-ink-3">
        <span>
          {member.name}
          {member.kind === "person" ? "" : ` (${t(`kinds.${member.kind}`)})`}
        </span>
        <Moment at={judgement.createdAt} />
        <span>{t("guideline", { version: judgement.guidelineVersion })}</span>
        {timings && timings.visibleMs > 0 ? (
          <span>{t("visible", { time: formats.duration(timings.visibleMs / 1000) })}</span>
        ) : null}
        {judgement.flagged ? <Chip state="attention">{t("flagged")}</Chip> : null}
      </p>
      {judgement.leftOut ? <LeftOutNote mark={judgement.leftOut} /> : null}
      {hidden ? (
        <HiddenTask onReveal={reveal} />
      ) : (
        <>
          <AnswersInFull judgement={judgement} />
          <TaskAsShown task={judgement} />
        </>
      )}
      <CommentText comment={judgement.comment} />
    </article>
  );
}

function Leaving({ judgement }: { readonly judgement: JudgementView }): ReactNode {
  return <JudgementLeaving projectId={judgement.projectId} judgement={judgement} of={judgement.member.name} />;
}
