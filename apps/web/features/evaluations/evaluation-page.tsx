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
import { useFormats } from "../../components/use-formats.ts";
import { useProjectTabs } from "../projects/project-frame.tsx";
import { projectQuery } from "../projects/project-queries.ts";
import { AppFrame } from "../shell/app-frame.tsx";
import { nameOfEvaluation } from "./evaluation-name.ts";
import { evaluationQuery } from "./evaluation-queries.ts";
import { wordsOf } from "./verdict.ts";

/** The one figure that decides: how often people, not knowing which is which, prefer the new policy. */
export function EvaluationPage({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations("evaluations");
  const evaluation = useQuery(evaluationQuery(id));
  const projectId = evaluation.data?.projectId ?? "";
  const project = useQuery({ ...projectQuery(projectId), enabled: projectId !== "" });
  const tabs = { ...useProjectTabs(projectId), under: `/projects/${projectId}/evaluations` };
  const crumbs = [
    { label: project.data?.name ?? "…", href: `/projects/${projectId}` },
    { label: t("title"), href: `/projects/${projectId}/evaluations` },
    { label: evaluation.data ? nameOfEvaluation(evaluation.data, t) : "…", href: `/evaluations/${id}` },
  ];
  return (
    <AppFrame crumbs={crumbs} tabs={tabs}>
      <QueryView query={evaluation}>
        {(data) =>
          data.state === "stopped" ? <StoppedEvaluation evaluation={data} /> : <Evaluation evaluation={data} />
        }
      </QueryView>
    </AppFrame>
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
        actions={<ButtonLink href={`/projects/${evaluation.projectId}/evaluations`}>{t("create.title")}</ButtonLink>}
      />
      <p className="max-w-read text-lg">{t("explained.stopped")}</p>
    </div>
  );
}

function Evaluation({ evaluation }: { readonly evaluation: EvaluationView }): ReactNode {
  const t = useTranslations("evaluations");
  const { key, chip } = wordsOf(evaluation.verdict);
  const done = key === "unknown" && evaluation.state === "done";
  const explained = done ? (evaluation.judgements === 0 ? "allEqual" : "undecided") : key;
  const method = evaluation.method === winRateMethod ? t("betting") : evaluation.method;
  const judge =
    evaluation.state === "judging" ? (
      <ButtonLink href={`/work/${evaluation.projectId}`} variant="primary">
        {t("judge")}
      </ButtonLink>
    ) : null;
  const chips = (
    <>
      <Chip state={chip}>{t(`verdicts.${key}`)}</Chip>
      {evaluation.simulated ? <Chip state="attention">{t("simulated")}</Chip> : null}
    </>
  );
  return (
    <div className="max-w-[44rem]">
      <PageHead title={nameOfEvaluation(evaluation, t)} chip={chips} actions={judge} />
      <section aria-label={t("winRate")} className="mb-8 grid gap-3">
        <p className="text-3xl font-medium tabular-nums max-md:text-2xl">
          {evaluation.winRate ? (
            <Estimate estimate={evaluation.winRate} as="share" />
          ) : (
            <span className="text-ink-3">–</span>
          )}
        </p>
        {evaluation.winRate ? (
          <Interval estimate={evaluation.winRate} from={0} to={1} mark={0.5} className="max-w-read" />
        ) : null}
        <p className="max-w-read text-lg">{t(`explained.${explained}`)}</p>
      </section>
      <Progress evaluation={evaluation} />
      <p className="mt-6 max-w-read text-xs text-ink-3">{t("method", { method })}</p>
    </div>
  );
}

function Progress({ evaluation }: { readonly evaluation: EvaluationView }): ReactNode {
  const t = useTranslations("evaluations");
  const formats = useFormats();
  const { judged, total } = evaluation.prompts;
  return (
    <section aria-label={t("progress")} className="grid gap-2 text-ink-2">
      <Streak value={total === 0 ? 0 : judged / total} label={t("progress")} className="max-w-read" />
      <p>
        {evaluation.state === "generating"
          ? t("generating")
          : t("judged", { judged: formats.number(judged), total: formats.number(total) })}
      </p>
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
