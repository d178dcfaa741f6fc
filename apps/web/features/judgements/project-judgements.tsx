"use client";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { JudgementFilter, MemberKind } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { Select } from "../../components/forms/field.tsx";
import { MoreButton } from "../../components/more-button.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { LeaveOutButton } from "../left-out/leave-out-button.tsx";
import { PutBackButton } from "../left-out/put-back-button.tsx";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { figuresQuery } from "../projects/project-queries.ts";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { judgementsHref } from "./judgement-filter.ts";
import { judgementsQuery } from "./judgement-queries.ts";
import { JudgementTable } from "./judgement-table.tsx";

interface ProjectJudgementsProps {
  readonly projectId: string;
  readonly filter: JudgementFilter;
}

/** The judgements of a project, those that one of its figures counts or all. The filter lives in the address. */
export function ProjectJudgements({ projectId, filter }: ProjectJudgementsProps): ReactNode {
  const t = useTranslations("judgements");
  const judgements = useInfiniteQuery(judgementsQuery(projectId, filter));
  return (
    <ProjectFrame id={projectId} crumb={{ label: t("list"), href: judgementsHref(projectId) }}>
      {() => (
        <>
          <PageHead
            title={t("list")}
            {...(filter.member ? { actions: <PersonLeaving projectId={projectId} memberId={filter.member} /> } : {})}
          />
          <Filters projectId={projectId} filter={filter} />
          <QueryView query={judgements}>
            {({ pages }) => {
              const rows = pages.flatMap((page) => page.items);
              return rows.length === 0 ? (
                <p className="py-4 text-ink-2">{t("none")}</p>
              ) : (
                <>
                  <JudgementTable label={t("list")} rows={rows} />
                  <MoreButton query={judgements} />
                </>
              );
            }}
          </QueryView>
        </>
      )}
    </ProjectFrame>
  );
}

/** Leaves all work of the person whose judgements are listed out of this project, or puts it back. */
function PersonLeaving({ projectId, memberId }: { readonly projectId: string; readonly memberId: string }): ReactNode {
  const t = useTranslations("leftOut");
  const builds = useHasRole("admin", "researcher");
  const figures = useQuery(figuresQuery(projectId));
  const person = figures.data?.annotators.find((annotator) => annotator.memberId === memberId);
  return (
    <span className="flex flex-wrap items-center gap-3">
      {person ? <span>{person.name}</span> : null}
      {person?.leftOut ? <Chip state="rest">{t("marks.judgement")}</Chip> : null}
      {builds ? (
        <UnlessArchived projectId={projectId} quiet>
          {person?.leftOut ? (
            <PutBackButton projectId={projectId} what={{ kind: "member", memberId }} />
          ) : (
            <LeaveOutButton projectId={projectId} what={{ kind: "member", memberId, replace: false }} />
          )}
        </UnlessArchived>
      ) : null}
    </span>
  );
}

const states = ["counted", "surplus", "retracted"] as const;

function Filters({ projectId, filter }: ProjectJudgementsProps): ReactNode {
  const t = useTranslations("judgements");
  const router = useRouter();
  const { shape } = JudgementFilter;
  const change = (changed: JudgementFilter): void =>
    router.replace(judgementsHref(projectId, { ...filter, ...changed }));
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <Select
        aria-label={t("filter.state")}
        className="w-44 max-md:w-[calc(50%-0.25rem)]"
        value={filter.state ?? ""}
        onChange={(event) => change({ state: shape.state.safeParse(event.target.value).data })}
      >
        <option value="">{t("filter.anyState")}</option>
        {states.map((state) => (
          <option key={state} value={state}>
            {t(`states.${state}`)}
          </option>
        ))}
      </Select>
      <Select
        aria-label={t("filter.source")}
        className="w-44 max-md:w-[calc(50%-0.25rem)]"
        value={filter.source ?? ""}
        onChange={(event) => change({ source: shape.source.safeParse(event.target.value).data })}
      >
        <option value="">{t("filter.anySource")}</option>
        {MemberKind.options.map((kind) => (
          <option key={kind} value={kind}>
            {t(`filter.${kind}`)}
          </option>
        ))}
      </Select>
      {filter.member ? (
        <Button variant="ghost" onClick={() => change({ member: undefined })}>
          {t("filter.everybody")}
        </Button>
      ) : null}
      {filter.hours ? (
        <Button variant="ghost" onClick={() => change({ hours: undefined })}>
          {t("filter.anyTime", { hours: filter.hours })}
        </Button>
      ) : null}
    </div>
  );
}
