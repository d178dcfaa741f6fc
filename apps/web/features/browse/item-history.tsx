"use client";
import type { ItemJudgement, ItemView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Chip } from "../../components/figures/chip.tsx";
import { Moment } from "../../components/moment.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { CommentText } from "../judgements/comment-text.tsx";
import { JudgementLeaving, LeftOutNote } from "../left-out/left-out-note.tsx";
import { useAnswerWords } from "../workbench/questions/use-answer-words.ts";
import { letterOf } from "../workbench/text/letter-of.ts";

/** Everything that people have done with an item, oldest first, and what was made of it. */
export function ItemHistory({ item }: { readonly item: ItemView }): ReactNode {
  const t = useTranslations("browse.history");
  const said = item.judgementHistory.filter(({ kind }) => kind === "answer");
  return (
    <>
      <section aria-labelledby="judgements" className="grid gap-2 border-t border-line pt-6">
        <h2 id="judgements">{t("judgements")}</h2>
        {said.length === 0 ? <p className="text-ink-2">{t("noJudgements")}</p> : null}
        <ol className="grid divide-y divide-line">
          {said.map((judgement) => (
            <Judgement key={judgement.id} item={item} judgement={judgement} />
          ))}
        </ol>
      </section>
      <Skips item={item} />
      <LabelSets item={item} />
    </>
  );
}

interface JudgementProps {
  readonly item: ItemView;
  readonly judgement: ItemJudgement;
}

function Judgement({ item, judgement }: JudgementProps): ReactNode {
  const t = useTranslations("browse.history");
  const judgements = useTranslations("judgements");
  const formats = useFormats();
  const inWords = useAnswerWords();
  const { answers, state, member, timings, shownOrder } = judgement;
  return (
    <li className="grid gap-1 py-3">
      <span className="flex flex-wrap items-center gap-x-3">
        <TextLink href={`/judgements/${judgement.id}`}>
          {answers ? inWords(item.questions, answers) : judgements("retracted")}
        </TextLink>
        {judgement.leftOut === null || state !== "counted" ? (
          <Chip state={state === "counted" ? "ok" : "rest"}>{judgements(`states.${state}`)}</Chip>
        ) : null}
        {judgement.fasterThanReading ? <Chip state="attention">{judgements("fasterThanReading")}</Chip> : null}
        {judgement.flagged ? <Chip state="attention">{judgements("flagged")}</Chip> : null}
        {state === "counted" ? (
          <span className="ml-auto">
            <JudgementLeaving projectId={item.projectId} judgement={judgement} of={member.name} />
          </span>
        ) : null}
      </span>
      <span className="flex flex-wrap items-center gap-x-3 text-xs text-ink-3">
        <span>
          {member.name}
          {member.kind === "person" ? "" : ` (${judgements(`kinds.${member.kind}`)})`}
        </span>
        <Moment at={judgement.createdAt} />
        {timings && timings.visibleMs > 0 ? (
          <span>{judgements("visible", { time: formats.duration(timings.visibleMs / 1000) })}</span>
        ) : null}
        {item.blind || shownOrder.length < 2 ? null : (
          <span>
            {formats.list(shownOrder.map((index, place) => t("order", { side: letterOf(place), number: index + 1 })))}
          </span>
        )}
      </span>
      {judgement.leftOut ? <LeftOutNote mark={judgement.leftOut} /> : null}
      <CommentText comment={judgement.comment} />
    </li>
  );
}

function Skips({ item }: { readonly item: ItemView }): ReactNode {
  const t = useTranslations("browse.history");
  const remarks = useTranslations("remarks");
  if (item.skips.length === 0) return null;
  return (
    <section aria-labelledby="skips" className="grid gap-2 border-t border-line pt-6">
      <h2 id="skips">{t("skips")}</h2>
      <ul className="grid divide-y divide-line">
        {item.skips.map((skip) => (
          <li key={skip.id} className="grid gap-1 py-3">
            <span className="flex flex-wrap items-center gap-x-3">
              <TextLink href={`/skips/${skip.id}`}>
                {skip.reason === null ? t("skipped") : remarks(`reasons.${skip.reason}`)}
              </TextLink>
              {skip.flagged ? <Chip state="attention">{remarks("flagged")}</Chip> : null}
            </span>
            <span className="flex flex-wrap gap-x-3 text-xs text-ink-3">
              <span>{skip.member.name}</span>
              <Moment at={skip.createdAt} />
            </span>
            <CommentText comment={skip.comment} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function LabelSets({ item }: { readonly item: ItemView }): ReactNode {
  const t = useTranslations("browse.history");
  if (item.labelSets.length === 0) return null;
  return (
    <section aria-labelledby="label-sets" className="grid gap-2 border-t border-line pt-6">
      <h2 id="label-sets">{t("labelSets")}</h2>
      <ul className="grid gap-1">
        {item.labelSets.map((set) => (
          <li key={set.id} className="flex flex-wrap items-baseline gap-x-3">
            <TextLink href={`/label-sets/${set.id}`}>
              <Moment at={set.createdAt} />
            </TextLink>
            <span className="text-xs text-ink-3">{t("labelSetHolds", { count: set.judgements })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
