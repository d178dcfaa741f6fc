"use client";
import { useQuery } from "@tanstack/react-query";
import type { EvaluationView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { Streak } from "../../components/figures/streak.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { type StandingFilter, standingHref } from "../standing/standing-filter.ts";
import { StandingView } from "../standing/standing-page.tsx";
import { standingQuery } from "../standing/standing-queries.ts";
import { SaveStanding } from "../standing/standing-save.tsx";
import { nameOfEvaluation } from "./evaluation-name.ts";
import { lookAgain } from "./evaluation-queries.ts";
import { sightOf } from "./evaluation-sight.ts";

interface EvaluationOfSeveralProps {
  readonly evaluation: EvaluationView;
}

/** Several policies, asked blind: how they stand, instead of one rate. */
export function EvaluationOfSeveral({ evaluation }: EvaluationOfSeveralProps): ReactNode {
  const t = useTranslations("evaluations");
  const { projectId, state, simulated } = evaluation;
  const judges = sightOf(evaluation).judges;
  // Simulated people are let in by whoever sets them to work on it, and the mark beside the name says so.
  const filter: StandingFilter = { evaluation: evaluation.id, ...(simulated ? { includeSimulated: "true" } : {}) };
  const standing = useQuery({
    ...standingQuery(projectId, filter),
    enabled: state !== "generating",
    refetchInterval: state === "judging" ? lookAgain : false,
  });
  return (
    <>
      <PageHead
        title={nameOfEvaluation(evaluation, t)}
        chip={
          <>
            <Chip state={state === "done" ? "ok" : "waiting"}>{t(`states.${state}`)}</Chip>
            {simulated ? <Chip state="attention">{t("simulated")}</Chip> : null}
          </>
        }
        actions={
          <>
            {standing.data ? <SaveStanding standing={standing.data} /> : null}
            {judges ? (
              <UnlessArchived projectId={projectId} quiet>
                <ButtonLink href={`/work/${projectId}`} variant="primary">
                  {t("judge")}
                </ButtonLink>
              </UnlessArchived>
            ) : null}
          </>
        }
      />
      <div className="grid gap-8">
        <Progress evaluation={evaluation} />
        {state === "generating" ? null : (
          <QueryView query={standing}>
            {(data) => <StandingView standing={data} filter={{ ...filter, origin: "evaluation" }} />}
          </QueryView>
        )}
        <p className="flex flex-wrap gap-x-4">
          <TextLink href={standingHref(projectId)}>{t("several.all")}</TextLink>
        </p>
      </div>
    </>
  );
}

function Progress({ evaluation }: EvaluationOfSeveralProps): ReactNode {
  const t = useTranslations("evaluations");
  const { judged, total } = evaluation.prompts;
  // Nothing is judged before there are answers, though none of them waits for anybody either.
  const share = evaluation.state === "generating" || total === 0 ? 0 : judged / total;
  return (
    <section aria-label={t("progress")} className="grid max-w-[44rem] gap-2 text-ink-2">
      <Streak value={share} label={t("progress")} className="max-w-read" />
      <p>{evaluation.state === "generating" ? t("several.generating") : t("judged", { judged, total })}</p>
      <p className="flex flex-wrap gap-x-4 text-xs text-ink-3">
        <span>{t("judgements", { count: evaluation.judgements })}</span>
        <span>{t(`several.${evaluation.ask}`)}</span>
      </p>
      <p className="max-w-read text-xs text-ink-3">{t("several.looks")}</p>
    </section>
  );
}
