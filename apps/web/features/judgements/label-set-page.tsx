"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { WorkspaceFrame } from "../shell/workspace-frame.tsx";
import { labelSetQuery } from "./judgement-queries.ts";
import { JudgementTable } from "./judgement-table.tsx";

/** The very judgements that a model learned from. */
export function LabelSetPage({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations("judgements");
  const pages = useInfiniteQuery(labelSetQuery(id));
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <WorkspaceFrame crumbs={[{ label: t("labelSet"), href: `/label-sets/${id}` }]}>
      <PageHead title={t("labelSet")} />
      {pages.isError ? <ProblemNotice error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      <JudgementTable label={t("labelSet")} rows={rows} />
      {pages.hasNextPage ? (
        <Button className="mt-4" pending={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("more")}
        </Button>
      ) : null}
    </WorkspaceFrame>
  );
}
