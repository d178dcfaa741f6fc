"use client";
import { useQuery } from "@tanstack/react-query";
import type { ModelStandingView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../../components/button.tsx";
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
import { missingOf, type Missing as What } from "./standing-sight.ts";
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
  const missing = missingOf(standing, filter.evaluation === undefined && narrowedBy(filter) > 0);
  return (
    <div className="grid gap-6">
      {missing === null ? null : <Missing standing={standing} missing={missing} filter={filter} />}
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

/** Where what is missing is brought about; the rest comes by itself, or stands below. */
const cures = { nothing: "import", unnamed: "import", oneModel: "evaluations", unordered: "questions" } as const;

interface MissingProps extends StandingViewProps {
  readonly missing: What;
}

function Missing({ standing, missing, filter }: MissingProps): ReactNode {
  const t = useTranslations("standing.missing");
  // Whoever looks at an evaluation has its answers already: what they lack is people.
  if (filter.evaluation !== undefined && missing !== "kept") {
    return <EmptyState title={t("nothing.title")}>{t("judging")}</EmptyState>;
  }
  const cure = missing === "narrow" || missing === "kept" ? null : missing;
  return (
    <EmptyState
      title={t(`${missing}.title`)}
      action={
        cure ? (
          <ButtonLink href={`/projects/${standing.projectId}/${cures[cure]}`}>{t(`${cure}.action`)}</ButtonLink>
        ) : undefined
      }
    >
      {t(`${missing}.body`)}
    </EmptyState>
  );
}
