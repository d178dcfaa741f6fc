"use client";
import { useQuery } from "@tanstack/react-query";
import type { ProjectFigures, ProjectView, RunView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { Chip, type ChipState } from "../../components/figures/chip.tsx";
import { Estimate, Interval } from "../../components/figures/interval.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { nameOfEvaluation } from "../evaluations/evaluation-name.ts";
import { evaluationsQuery } from "../evaluations/evaluation-queries.ts";
import { wordsOf } from "../evaluations/verdict.ts";
import { judgementsHref } from "../judgements/judgement-filter.ts";
import { runsQuery } from "../runs/run-queries.ts";
import { chipOfRun } from "../runs/run-state.ts";
import { useHasRole } from "../session/signed-in.tsx";

interface StationsProps {
  readonly project: ProjectView;
  readonly figures: ProjectFigures;
}

/** The loop in the order in which the data flow, each station with its last figure; the headline is what people say. */
export function Stations({ project, figures }: StationsProps): ReactNode {
  const t = useTranslations("projects.stations");
  const words = useTranslations("evaluations");
  const formats = useFormats();
  const runs = useQuery(runsQuery(project.id)).data?.items ?? [];
  const evaluations = useQuery(evaluationsQuery(project.id)).data?.items ?? [];
  const evaluation = evaluations.find(({ state }) => state !== "stopped");
  const judged = evaluations.find(({ winRate }) => winRate !== null);
  const newest = (...kinds: RunView["kind"][]) => runs.find((run) => kinds.includes(run.kind));
  const base = `/projects/${project.id}`;
  const builds = useHasRole("admin", "researcher");
  const counted = figures.judgements.person + figures.judgements.imported + figures.judgements.simulated;
  const missing = figures.missing.underway + figures.missing.waiting;
  const whenNoneIsMissing = counted > 0 ? "ok" : "waiting";
  return (
    <Card title={t("title")} note={t("note")}>
      {judged?.winRate ? (
        <div className="mb-4 grid gap-1">
          <TextLink href={`/evaluations/${judged.id}`} className="text-2xl font-medium">
            <Estimate estimate={judged.winRate} as="share" />
          </TextLink>
          <Interval estimate={judged.winRate} from={0} to={1} mark={0.5} />
          <span className="text-xs text-ink-3">{nameOfEvaluation(judged, words)}</span>
        </div>
      ) : null}
      <ol className="grid gap-2.5">
        <Station
          name={t("prompts")}
          href={builds ? `${base}/import` : undefined}
          state={figures.prompts > 0 ? "ok" : "waiting"}
        >
          {formats.number(figures.prompts)}
        </Station>
        <AnswerStation
          name={t("answers")}
          run={newest("generate")}
          count={figures.completions}
          href={builds ? `${base}/import` : undefined}
        />
        <Station
          name={t("judgements")}
          href={judgementsHref(project.id, { state: "counted" })}
          state={missing > 0 ? "running" : whenNoneIsMissing}
        >
          {formats.number(counted)}
        </Station>
        <RunStation name={t("reward")} run={newest("reward")} href={`${base}/runs`} />
        <RunStation name={t("policy")} run={newest("rloo", "ppo", "grpo", "ilql", "dpo")} href={`${base}/runs`} />
        <Station
          name={t("winRate")}
          href={`${base}/evaluations`}
          state={evaluation ? wordsOf(evaluation.verdict).chip : "waiting"}
        >
          {evaluation ? t(`verdicts.${wordsOf(evaluation.verdict).key}`) : t("none")}
        </Station>
      </ol>
    </Card>
  );
}

/** Answers come with a file or from a model; a run that writes some now is said, and else how many there are. */
function AnswerStation({
  name,
  run,
  count,
  href,
}: {
  readonly name: string;
  readonly run: RunView | undefined;
  readonly count: number;
  readonly href: string | undefined;
}): ReactNode {
  const formats = useFormats();
  if (run && run.state !== "succeeded") return <RunStation name={name} run={run} href={href} />;
  return (
    <Station name={name} href={run ? `/runs/${run.id}` : href} state={count > 0 ? "ok" : "waiting"}>
      {formats.number(count)}
    </Station>
  );
}

function RunStation({
  name,
  run,
  href,
}: {
  readonly name: string;
  readonly run: RunView | undefined;
  /** Where to go while there is no run. */
  readonly href: string | undefined;
}): ReactNode {
  const t = useTranslations("runs.states");
  const none = useTranslations("projects.stations")("none");
  return (
    <Station name={name} href={run ? `/runs/${run.id}` : href} state={run ? chipOfRun(run.state) : "waiting"}>
      {run ? t(run.state) : none}
    </Station>
  );
}

interface StationProps {
  readonly name: string;
  /** Absent where this person may not go there. */
  readonly href: string | undefined;
  readonly state: ChipState;
  readonly children: ReactNode;
}

function Station({ name, href, state, children }: StationProps): ReactNode {
  return (
    <li className="flex items-baseline justify-between gap-3">
      {href ? <TextLink href={href}>{name}</TextLink> : <span>{name}</span>}
      <Chip state={state}>{children}</Chip>
    </li>
  );
}
