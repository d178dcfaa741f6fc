"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { LeftOutAct, LeftOutCounts } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Moment } from "../../components/moment.tsx";
import { MoreButton } from "../../components/more-button.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { judgementsHref } from "../judgements/judgement-filter.ts";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { leftOutQuery } from "./left-out-queries.ts";
import { PutBackButton } from "./put-back-button.tsx";

/** What does not count in a project though somebody said it, why, and the way back. */
export function LeftOutPage({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("leftOut");
  const acts = useInfiniteQuery(leftOutQuery(projectId));
  const href = `/projects/${projectId}/left-out`;
  return (
    <ProjectFrame id={projectId} crumb={{ label: t("title"), href }}>
      {() => (
        <>
          <PageHead title={t("title")} />
          <QueryView query={acts}>
            {({ pages }) => {
              const items = pages.flatMap((page) => page.items);
              if (items.length === 0) {
                const browse = <ButtonLink href={`/projects/${projectId}/browse`}>{t("empty.action")}</ButtonLink>;
                return (
                  <EmptyState title={t("empty.title")} action={browse}>
                    {t("empty.body")}
                  </EmptyState>
                );
              }
              return (
                <div className="grid gap-4">
                  <Sum counts={pages[0]?.counts ?? []} />
                  <Card title={t("acts")} flush>
                    <ul className="grid divide-y divide-line">
                      {items.map((act) => (
                        <Act key={act.id} projectId={projectId} act={act} />
                      ))}
                    </ul>
                  </Card>
                  <MoreButton query={acts} />
                </div>
              );
            }}
          </QueryView>
        </>
      )}
    </ProjectFrame>
  );
}

/** How many judgements that is, by why. */
function Sum({ counts }: { readonly counts: LeftOutCounts }): ReactNode {
  const t = useTranslations("leftOut");
  const formats = useFormats();
  const all = counts.reduce((sum, { judgements }) => sum + judgements, 0);
  const parts = counts.map(({ reason, judgements }) => `${t(`reasons.${reason}`)} (${formats.number(judgements)})`);
  return (
    <p className="max-w-read text-ink-2">
      {t("sum", { count: all })} {formats.list(parts)}
    </p>
  );
}

function Act({ projectId, act }: { readonly projectId: string; readonly act: LeftOutAct }): ReactNode {
  const t = useTranslations("leftOut");
  const builds = useHasRole("admin", "researcher");
  const name = act.subject?.label || t(`things.${act.kind}`, { count: act.count });
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 px-4 py-3">
      <div className="grid min-w-0 gap-1">
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-3">
          <span className="text-xs text-ink-3">{t(`kinds.${act.kind}`)}</span>
          {act.subject ? (
            <TextLink href={hrefOf(projectId, act.kind, act.subject.id)} className="max-w-full truncate">
              <span dir="auto">{name}</span>
            </TextLink>
          ) : (
            <span>{name}</span>
          )}
        </span>
        <span className="flex flex-wrap gap-x-3 text-xs text-ink-3">
          <span className="text-ink-2">{t(`reasons.${act.reason}`)}</span>
          <span>{t("judgements", { count: act.judgements })}</span>
          {act.by === null ? null : <span>{act.by}</span>}
          <Moment at={act.createdAt} />
        </span>
        {act.note === "" ? null : <q className="max-w-read break-words text-ink-2">{act.note}</q>}
      </div>
      {builds ? (
        <UnlessArchived projectId={projectId} quiet>
          <PutBackButton projectId={projectId} what={{ kind: "act", actId: act.id }} of={name} />
        </UnlessArchived>
      ) : null}
    </li>
  );
}

function hrefOf(projectId: string, kind: LeftOutAct["kind"], id: string): string {
  switch (kind) {
    case "member":
      return judgementsHref(projectId, { member: id });
    case "item":
      return `/items/${id}`;
    case "judgement":
      return `/judgements/${id}`;
  }
}
