"use client";
import { useQuery } from "@tanstack/react-query";
import type { EvaluationView } from "@touchstone/contracts";
import { winRateMethod } from "@touchstone/labeling";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { Estimate, Interval } from "../../components/figures/interval.tsx";
import { Streak } from "../../components/figures/streak.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { ErasedNote } from "../erasure/erased-note.tsx";
import { useModelName } from "../models/use-model-name.ts";
import { ProjectRoomFrame } from "../projects/project-frame.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { CompareAgain } from "./compare-again.tsx";
import { nameOfEvaluation } from "./evaluation-name.ts";
import { EvaluationOfSeveral } from "./evaluation-of-several.tsx";
import { EvaluationPairs } from "./evaluation-pairs.tsx";
import { evaluationQuery } from "./evaluation-queries.ts";
import { type EvaluationSight, sightOf } from "./evaluation-sight.ts";

/** The one figure that decides: how often people, not knowing which is which, prefer the new policy. */
export function EvaluationPage({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations("evaluations");
  const evaluation = useQuery(evaluationQuery(id));
  const room = { name: "evaluations", label: t("title") } as const;
  const here = { label: evaluation.data ? nameOfEvaluation(evaluation.data, t) : "…", href: `/evaluations/${id}` };
  return (
    <ProjectRoomFrame projectId={evaluation.data?.projectId} room={room} here={here}>
      <QueryView query={evaluation}>
        {(data) => {
          if (data.state === "stopped") return <StoppedEvaluation evaluation={data} />;
          return data.others.length > 0 ? <EvaluationOfSeveral evaluation={data} /> : <Evaluation evaluation={data} />;
        }}
      </QueryView>
    </ProjectRoomFrame>
  );
}

/** No answers came, so there is no figure to show, only a way on. */
function StoppedEvaluation({ evaluation }: { readonly evaluation: EvaluationView }): ReactNode {
  const t = useTranslations("evaluations");
  return (
    <div className="max-w-[44rem]">
      <PageHead
        title={nameOfEvaluation(evaluation, t)}
        chip={<Chip state="attention">{t("states.stopped")}</Chip>}
        actions={
          <UnlessArchived projectId={evaluation.projectId} quiet>
            <ButtonLink href={`/projects/${evaluation.projectId}/evaluations`}>{t("create.title")}</ButtonLink>
          </UnlessArchived>
        }
      />
      <p className="max-w-read text-lg">{t("explained.stopped")}</p>
    </div>
  );
}

function Evaluation({ evaluation }: { readonly evaluation: EvaluationView }): ReactNode {
  const t = useTranslations("evaluations");
  const sight = sightOf(evaluation);
  const { available, asked, total } = evaluation.prompts;
  const method = evaluation.method === winRateMethod ? t("betting") : evaluation.method;
  return (
    <div className="max-w-[44rem]">
      <PageHead
        title={nameOfEvaluation(evaluation, t)}
        chip={
          <>
            <Chip state={sight.chip}>{t(`verdicts.${sight.verdict}`)}</Chip>
            {evaluation.simulated ? <Chip state="attention">{t("simulated")}</Chip> : null}
          </>
        }
        actions={<Actions evaluation={evaluation} sight={sight} />}
      />
      <section aria-label={t("winRate")} className="mb-8 grid gap-3">
        <WinRate evaluation={evaluation} />
        <p className="max-w-read text-lg">{t(`explained.${sight.explained}`, { available })}</p>
        <ChosenBy bestOf={evaluation.bestOf} />
        {sight.fewer && asked !== null ? <p className="max-w-read text-ink-2">{t("fewer", { asked, total })}</p> : null}
        {evaluation.deletedPrompts > 0 ? (
          <p className="max-w-read text-ink-2">{t("deleted", { count: evaluation.deletedPrompts })}</p>
        ) : null}
        <ErasedNote of="evaluation" erased={evaluation.erased} />
        {sight.moves ? <p className="max-w-read text-xs text-ink-3">{t("watching")}</p> : null}
        {sight.judges ? <p className="max-w-read text-xs text-ink-3">{t("judgeNote")}</p> : null}
      </section>
      <Progress evaluation={evaluation} />
      {evaluation.state === "generating" ? null : <EvaluationPairs id={evaluation.id} />}
      <p className="mt-6 max-w-read text-xs text-ink-3">{t("method", { method })}</p>
    </div>
  );
}

/** Where a reward model chose the new policy's answers, the figure is about the two of them together. */
function ChosenBy({ bestOf }: Pick<EvaluationView, "bestOf">): ReactNode {
  const t = useTranslations("evaluations.bestOf");
  const nameOf = useModelName();
  if (bestOf === null) return null;
  return (
    <p className="max-w-read text-ink-2">
      {t("chosenBy", { samples: bestOf.samples })}{" "}
      <TextLink href={`/models/${bestOf.reward.id}`}>{nameOf(bestOf.reward)}</TextLink>
    </p>
  );
}

interface ActionsProps {
  readonly evaluation: EvaluationView;
  readonly sight: EvaluationSight;
}

function Actions({ evaluation, sight }: ActionsProps): ReactNode {
  const t = useTranslations("evaluations");
  const builds = useHasRole("admin", "researcher");
  const { projectId, candidateId } = evaluation;
  const comparesAgain = !sight.judges && sight.comparesAgain && builds;
  return (
    <UnlessArchived projectId={projectId} quiet>
      {sight.judges ? (
        <ButtonLink href={`/work/${projectId}`} variant="primary">
          {t("judge")}
        </ButtonLink>
      ) : null}
      {comparesAgain && candidateId !== null ? (
        <CompareAgain evaluation={evaluation} candidateId={candidateId} />
      ) : null}
    </UnlessArchived>
  );
}

function WinRate({ evaluation: { winRate } }: { readonly evaluation: EvaluationView }): ReactNode {
  if (!winRate) return <p className="text-3xl font-medium text-ink-3 max-md:text-2xl">–</p>;
  return (
    <>
      <p className="text-3xl font-medium tabular-nums max-md:text-2xl">
        <Estimate estimate={winRate} as="share" />
      </p>
      <Interval estimate={winRate} from={0} to={1} mark={0.5} className="max-w-read" />
    </>
  );
}

function Progress({ evaluation }: { readonly evaluation: EvaluationView }): ReactNode {
  const t = useTranslations("evaluations");
  const { judged, total } = evaluation.prompts;
  return (
    <section aria-label={t("progress")} className="grid gap-2 text-ink-2">
      <Streak value={total === 0 ? 0 : judged / total} label={t("progress")} className="max-w-read" />
      <p>{evaluation.state === "generating" ? t("generating") : t("judged", { judged, total })}</p>
      <p className="flex flex-wrap gap-x-4 text-xs text-ink-3">
        <span>{t("judgements", { count: evaluation.judgements })}</span>
        <span>{t("ties", { count: evaluation.ties })}</span>
        {evaluation.identical > 0 ? <span>{t("identical", { count: evaluation.identical })}</span> : null}
      </p>
      <p className="flex flex-wrap gap-x-4">
        {evaluation.candidateId ? (
          <TextLink href={`/models/${evaluation.candidateId}`}>{t("candidate")}</TextLink>
        ) : null}
        <TextLink href={`/models/${evaluation.baselineId}`}>{t("baseline")}</TextLink>
      </p>
    </section>
  );
}
