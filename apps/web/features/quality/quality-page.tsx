"use client";
import { useQuery } from "@tanstack/react-query";
import type { QualityView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { Disagreements } from "./disagreements.tsx";
import { PaceCard } from "./pace-card.tsx";
import { qualityQuery } from "./quality-query.ts";
import { QuestionCard } from "./question-card.tsx";

/** How far what people say can be relied on, at one glance. */
export function QualityPage({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("quality");
  const quality = useQuery(qualityQuery(projectId));
  return (
    <ProjectFrame id={projectId}>
      {() => (
        <>
          <PageHead title={t("title")} />
          <QueryView query={quality}>{(data) => <Quality projectId={projectId} quality={data} />}</QueryView>
        </>
      )}
    </ProjectFrame>
  );
}

interface QualityProps {
  readonly projectId: string;
  readonly quality: QualityView;
}

function Quality({ projectId, quality }: QualityProps): ReactNode {
  const t = useTranslations("quality");
  const { judgements, all, leftOut, questions, pace, disagreements } = quality;
  const told = (
    <p className="max-w-read text-xs text-ink-3">
      {t(all ? "lookedAtAll" : "lookedAtLatest", { count: judgements })}{" "}
      {leftOut > 0 ? (
        <TextLink href={`/projects/${projectId}/left-out`}>{t("leftOut", { count: leftOut })}</TextLink>
      ) : null}
    </p>
  );
  if (judgements === 0) {
    return (
      <EmptyState
        title={t("empty.title")}
        action={leftOut > 0 ? told : <ButtonLink href={`/projects/${projectId}`}>{t("empty.action")}</ButtonLink>}
      >
        {t("empty.body")}
      </EmptyState>
    );
  }
  return (
    <div className="grid gap-5">
      {told}
      {questions.map((question) => (
        <QuestionCard key={`${question.name} ${question.kind}`} question={question} />
      ))}
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Disagreements projectId={projectId} items={disagreements} />
        <PaceCard pace={pace} />
      </div>
    </div>
  );
}
