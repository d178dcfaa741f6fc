"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ErasedSince } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { MoreButton } from "../../components/more-button.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { ErasedNote } from "../erasure/erased-note.tsx";
import { WorkspaceFrame } from "../shell/workspace-frame.tsx";
import { labelSetQuery } from "./judgement-queries.ts";
import { JudgementTable } from "./judgement-table.tsx";

/** The very judgements that a model learned from. */
export function LabelSetPage({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations("judgements");
  const labels = useInfiniteQuery(labelSetQuery(id));
  return (
    <WorkspaceFrame crumbs={[{ label: t("labelSet"), href: `/label-sets/${id}` }]}>
      <PageHead title={t("labelSet")} />
      <QueryView query={labels}>
        {({ pages }) => (
          <>
            {pages[0] && pages[0].leftOut > 0 ? (
              <p className="max-w-read pb-4 text-ink-2">{t("leftOutSince", { count: pages[0].leftOut })}</p>
            ) : null}
            {pages[0] ? <Gone {...pages[0]} /> : null}
            <JudgementTable label={t("labelSet")} rows={pages.flatMap((page) => page.items)} />
            <MoreButton query={labels} />
          </>
        )}
      </QueryView>
    </WorkspaceFrame>
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
    <div className="grid gap-1 pb-4">
      {withPrompts > 0 ? <p className="max-w-read text-ink-2">{t("deletedSince", { count: withPrompts })}</p> : null}
      <ErasedNote of="labelSet" erased={erased} made={made} />
    </div>
  );
}
