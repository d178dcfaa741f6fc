"use client";
import { useQuery } from "@tanstack/react-query";
import type { JudgementView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Chip } from "../../components/figures/chip.tsx";
import { Moment } from "../../components/moment.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { WorkspaceFrame } from "../shell/workspace-frame.tsx";
import { ReadingText } from "../workbench/views/reading-text.tsx";
import { judgementQuery } from "./judgement-queries.ts";
import { sentence } from "./judgement-table.tsx";

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
  const formats = useFormats();
  const { member, timings } = judgement;
  const state = judgement.state === "counted" ? "ok" : "rest";
  return (
    <article className="grid gap-6">
      <PageHead
        title={judgement.answer ? sentence(t, judgement.answer) : t("retracted")}
        chip={<Chip state={state}>{t(`states.${judgement.state}`)}</Chip>}
      />
      <p className="-mt-8 flex flex-wrap gap-x-4 text-xs text-ink-3">
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
      <section aria-label={t("columns.prompt")} className="grid max-w-read gap-3">
        {judgement.prompt.messages.map((message) => (
          <ReadingText key={`${message.role} ${message.content}`} text={message.content} language={null} />
        ))}
      </section>
      <Answers judgement={judgement} />
      {judgement.comment ? <p className="max-w-read text-ink-2">{judgement.comment}</p> : null}
    </article>
  );
}

/** Side by side under the letters they were judged by; a single answer has no letter, since nothing stood beside it. */
function Answers({ judgement }: { readonly judgement: JudgementView }): ReactNode {
  const t = useTranslations("judgements");
  const shown = judgement.shownOrder.flatMap((index) => judgement.completions[index] ?? []);
  return (
    <div className="grid gap-6 border-t border-line pt-6 md:grid-cols-2">
      {shown.map((completion, place) => {
        const letter = shown.length > 1 ? String.fromCharCode("A".charCodeAt(0) + place) : null;
        return (
          <section
            key={completion.id}
            aria-label={letter ? t("side", { side: letter }) : t("single")}
            className="grid content-start gap-2"
          >
            <h2>{letter ?? t("single")}</h2>
            {completion.text === null ? (
              <p className="text-ink-3">{t("noText")}</p>
            ) : (
              <ReadingText text={completion.text} language={null} />
            )}
            {completion.modelVersionId ? (
              <TextLink href={`/models/${completion.modelVersionId}`}>{t("fromModel")}</TextLink>
            ) : null}
          </section>
        );
      })}
    </div>
  );
}
