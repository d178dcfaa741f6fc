"use client";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ErasedSince, LabelSetDetails } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, Suspense } from "react";
import { Card } from "../../components/card.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { Loading } from "../../components/loading.tsx";
import { MoreButton } from "../../components/more-button.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { ErasedNote } from "../erasure/erased-note.tsx";
import { labelSetQuery } from "../judgements/judgement-queries.ts";
import { JudgementTable } from "../judgements/judgement-table.tsx";
import { ProjectRoomFrame } from "../projects/project-frame.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { labelSetDetailsQuery } from "./label-set-queries.ts";
import { SetActions } from "./set-actions.tsx";
import { SetDiff } from "./set-diff.tsx";
import { SetFacts } from "./set-facts.tsx";
import { SetFiles } from "./set-files.tsx";
import { useSetName } from "./use-set-name.ts";

/** A frozen set: what is in it, its files and how they are read, what differs from another, and its judgements. */
export function LabelSetPage({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations("labelSets");
  const nameOf = useSetName();
  const set = useQuery(labelSetDetailsQuery(id));
  return (
    <ProjectRoomFrame
      projectId={set.data?.project.id}
      room={{ name: "label-sets", label: t("title") }}
      here={{ label: set.data ? nameOf(set.data) : t("one"), href: `/label-sets/${id}` }}
    >
      {/* Kinds of questions are fetched when they are first shown. */}
      <Suspense fallback={<Loading />}>
        <QueryView query={set}>{(data) => <LabelSet set={data} />}</QueryView>
      </Suspense>
    </ProjectRoomFrame>
  );
}

function LabelSet({ set }: { readonly set: LabelSetDetails }): ReactNode {
  const t = useTranslations("labelSets");
  const nameOf = useSetName();
  const builds = useHasRole("admin", "researcher");
  return (
    <>
      <PageHead title={nameOf(set)} chip={set.latest ? <Chip state="ok">{t("latest")}</Chip> : null} />
      <div className="grid grid-cols-1 gap-5">
        <Card title={t("contents")}>
          <SetFacts set={set} />
        </Card>
        {builds ? (
          <UnlessArchived projectId={set.project.id} quiet>
            <SetActions key={set.name} set={set} />
          </UnlessArchived>
        ) : null}
        <SetFiles set={set} />
        <SetDiff set={set} />
        <Judgements id={set.id} />
      </div>
    </>
  );
}

/** The very judgements that a model learned from. */
function Judgements({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations("judgements");
  const labels = useInfiniteQuery(labelSetQuery(id));
  return (
    <Card title={t("list")} flush>
      <QueryView query={labels}>
        {({ pages }) => (
          <>
            <div className="grid gap-1 px-4 pb-4 empty:hidden">
              {pages[0] && pages[0].leftOut > 0 ? (
                <p className="max-w-read text-ink-2">{t("leftOutSince", { count: pages[0].leftOut })}</p>
              ) : null}
              {pages[0] ? <Gone {...pages[0]} /> : null}
            </div>
            <JudgementTable label={t("list")} rows={pages.flatMap((page) => page.items)} />
            <MoreButton query={labels} />
          </>
        )}
      </QueryView>
    </Card>
  );
}

interface GoneProps {
  readonly deleted: number;
  readonly erased: ErasedSince | null;
  readonly made: number;
}

/** What the set held and was deleted or erased since. */
function Gone({ deleted, erased, made }: GoneProps): ReactNode {
  const t = useTranslations("judgements");
  const withPrompts = deleted - (erased?.judgements ?? 0);
  if (deleted === 0) return null;
  return (
    <>
      {withPrompts > 0 ? <p className="max-w-read text-ink-2">{t("deletedSince", { count: withPrompts })}</p> : null}
      <ErasedNote of="labelSet" erased={erased} made={made} />
    </>
  );
}
