"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { MoreButton } from "../../components/more-button.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
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
            {pages[0] && pages[0].deleted > 0 ? (
              <p className="max-w-read pb-4 text-ink-2">{t("deletedSince", { count: pages[0].deleted })}</p>
            ) : null}
            <JudgementTable label={t("labelSet")} rows={pages.flatMap((page) => page.items)} />
            <MoreButton query={labels} />
          </>
        )}
      </QueryView>
    </WorkspaceFrame>
  );
}
