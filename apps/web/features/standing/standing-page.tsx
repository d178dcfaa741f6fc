"use client";
import { useQuery } from "@tanstack/react-query";
import type { ModelStandingView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { StandingFacts, StandingLeft } from "./standing-facts.tsx";
import { narrowedBy, type StandingFilter } from "./standing-filter.ts";
import { StandingFilters } from "./standing-filters.tsx";
import { StandingMatrix } from "./standing-matrix.tsx";
import { StandingPairs } from "./standing-pairs.tsx";
import { standingQuery } from "./standing-queries.ts";
import { SaveStanding } from "./standing-save.tsx";
import { missingOf } from "./standing-sight.ts";
import { StandingSlices } from "./standing-slices.tsx";
import { StandingTables } from "./standing-table.tsx";

export interface StandingProps {
  readonly projectId: string;
  readonly filter: StandingFilter;
}

/** Which of the models that wrote a project's answers wins, by what people preferred. */
export function StandingPage({ projectId, filter }: StandingProps): ReactNode {
  return <ProjectFrame id={projectId}>{() => <Standing projectId={projectId} filter={filter} />}</ProjectFrame>;
}

function Standing({ projectId, filter }: StandingProps): ReactNode {
  const t = useTranslations("standing");
  const standing = useQuery(standingQuery(projectId, filter));
  return (
    <>
      <PageHead title={t("title")} actions={standing.data ? <SaveStanding standing={standing.data} /> : null} />
      <StandingFilters projectId={projectId} filter={filter} />
      <QueryView query={standing}>
        {(data) => (
          <div aria-busy={standing.isPlaceholderData}>
            <StandingView standing={data} filter={filter} />
          </div>
        )}
      </QueryView>
    </>
  );
}

interface StandingViewProps {
  readonly standing: ModelStandingView;
  readonly filter: StandingFilter;
}

/** A standing with all that belongs to it: of a project, or of an evaluation of several policies. */
export function StandingView({ standing, filter }: StandingViewProps): ReactNode {
  const t = useTranslations("standing");
  const missing = missingOf(standing, narrowedBy(filter) > 0);
  return (
    <div className="grid gap-6">
      {missing === null ? null : (
        <EmptyState title={t(`missing.${missing}.title`)}>{t(`missing.${missing}.body`)}</EmptyState>
      )}
      {missing === null ? (
        <>
          <StandingTables standing={standing} />
          <StandingFacts standing={standing} />
          <StandingSlices standing={standing} filter={filter} />
          <StandingMatrix standing={standing} filter={filter} />
          <StandingPairs standing={standing} filter={filter} />
        </>
      ) : null}
      <StandingLeft standing={standing} />
    </div>
  );
}
