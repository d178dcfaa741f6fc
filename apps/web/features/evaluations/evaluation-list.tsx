"use client";
import { useQuery } from "@tanstack/react-query";
import type { EvaluationView, ProjectView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "../../components/empty-state.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { Estimate, Interval } from "../../components/figures/interval.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { nameOfEvaluation } from "./evaluation-name.ts";
import { evaluationsQuery } from "./evaluation-queries.ts";
import { sightOf } from "./evaluation-sight.ts";
import { NewEvaluation } from "./new-evaluation.tsx";

export function EvaluationList({ projectId }: { readonly projectId: string }): ReactNode {
  return <ProjectFrame id={projectId}>{(project) => <Evaluations project={project} />}</ProjectFrame>;
}

function Evaluations({ project }: { readonly project: ProjectView }): ReactNode {
  const t = useTranslations("evaluations");
  const evaluations = useQuery(evaluationsQuery(project.id));
  const builds = useHasRole("admin", "researcher");
  return (
    <>
      <PageHead title={t("title")} />
      <QueryView query={evaluations}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t("empty.title")}>{t("empty.body")}</EmptyState>
          ) : (
            <ul className="mb-8 border-t border-line">
              {items.map((evaluation) => (
                <Row key={evaluation.id} evaluation={evaluation} />
              ))}
            </ul>
          )
        }
      </QueryView>
      {builds ? (
        <UnlessArchived projectId={project.id}>
          <NewEvaluation projectId={project.id} />
        </UnlessArchived>
      ) : null}
    </>
  );
}

function Row({ evaluation }: { readonly evaluation: EvaluationView }): ReactNode {
  const t = useTranslations("evaluations");
  const { verdict, chip } = sightOf(evaluation);
  return (
    <li className="grid items-center gap-x-6 gap-y-1 border-b border-line py-3 md:grid-cols-[minmax(0,1fr)_14rem_12rem]">
      <span className="grid">
        <TextLink href={`/evaluations/${evaluation.id}`}>{nameOfEvaluation(evaluation, t)}</TextLink>
        <span className="flex gap-3">
          {evaluation.state === "stopped" ? null : <Chip state={chip}>{t(`verdicts.${verdict}`)}</Chip>}
          {evaluation.simulated ? <Chip state="attention">{t("simulated")}</Chip> : null}
        </span>
      </span>
      {evaluation.winRate ? <Interval estimate={evaluation.winRate} from={0} to={1} mark={0.5} /> : <span />}
      {evaluation.winRate ? (
        <span className="tabular-nums md:text-right">
          <Estimate estimate={evaluation.winRate} as="share" />
        </span>
      ) : (
        <span className="md:text-right">{t(`states.${evaluation.state}`)}</span>
      )}
    </li>
  );
}
