"use client";
import { useQuery } from "@tanstack/react-query";
import type { WorkItem } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { ArenaLinks } from "../arena/arena-links.tsx";
import { WorkspaceFrame } from "../shell/workspace-frame.tsx";
import { workQuery } from "./work-query.ts";
import { WorkRow } from "./work-row.tsx";

/** An annotator's home: what waits, what was done today, and one button that goes on. */
export function WorkHome(): ReactNode {
  const t = useTranslations("work");
  const work = useQuery(workQuery);
  return (
    <WorkspaceFrame crumbs={[{ label: t("title"), href: "/work" }]}>
      <PageHead title={t("title")} />
      <QueryView query={work}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              title={t("empty.title")}
              action={<Button onClick={() => void work.refetch()}>{t("empty.action")}</Button>}
            >
              {t("empty.body")}
            </EmptyState>
          ) : (
            <WorkList items={items} />
          )
        }
      </QueryView>
      <ArenaLinks />
    </WorkspaceFrame>
  );
}

/** What can be done comes first; the filled button stands at the first of them only. */
function WorkList({ items }: { readonly items: readonly WorkItem[] }): ReactNode {
  const t = useTranslations("work");
  const sorted = items.toSorted((left, right) => Number(right.available > 0) - Number(left.available > 0));
  const waiting = sorted[0]?.available ?? 0;
  return (
    <>
      {waiting === 0 && items.every(({ paused, waits = [] }) => !paused && waits.length === 0) ? (
        <EmptyState title={t("done.title")}>{t("done.body")}</EmptyState>
      ) : null}
      <ul className="max-w-200 border-t border-line">
        {sorted.map((item, index) => (
          <WorkRow key={item.projectId} item={item} first={index === 0} />
        ))}
      </ul>
    </>
  );
}
