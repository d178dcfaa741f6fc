"use client";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ItemFilter, ItemSelection } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { MoreButton } from "../../components/more-button.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { DeletionsUnderWay } from "../deletions/deletions-under-way.tsx";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { itemCountQuery, itemsQuery } from "./browse-queries.ts";
import { FilterBar } from "./filter-bar.tsx";
import { isCompared, itemsHref } from "./item-filter.ts";
import { ItemTable } from "./item-table.tsx";
import { SavedViews } from "./saved-views.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { useListKeys } from "./use-list-keys.ts";

interface BrowsePageProps {
  readonly projectId: string;
  readonly filter: ItemFilter;
}

/** A project's items, found by words and filters that live in the address. */
export function BrowsePage({ projectId, filter }: BrowsePageProps): ReactNode {
  // Another filter is another list: what was selected in the one is not in the other.
  const key = itemsHref(projectId, filter);
  return <ProjectFrame id={projectId}>{() => <Browse key={key} projectId={projectId} filter={filter} />}</ProjectFrame>;
}

function Browse({ projectId, filter }: BrowsePageProps): ReactNode {
  const t = useTranslations("browse");
  const leftOut = useTranslations("leftOut");
  const labelSets = useTranslations("labelSets");
  const builds = useHasRole("admin", "researcher");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [all, setAll] = useState(false);
  const items = useInfiniteQuery(itemsQuery(projectId, filter));
  const rows = items.data?.pages.flatMap((page) => page.items) ?? [];
  const toggle = (id: string): void => {
    setAll(false);
    setChosen((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]));
  };
  const unselect = (): void => {
    setAll(false);
    setChosen(new Set());
  };
  useListKeys(builds ? toggle : undefined);
  const selection: ItemSelection | null = selectionOf(all, filter, chosen);
  return (
    <>
      <PageHead
        title={t("title")}
        actions={
          <>
            <TextLink href={`/projects/${projectId}/label-sets`}>{labelSets("title")}</TextLink>
            <TextLink href={`/projects/${projectId}/left-out`}>{leftOut("title")}</TextLink>
            <SavedViews projectId={projectId} filter={filter} />
          </>
        }
      />
      <DeletionsUnderWay projectId={projectId} />
      <FilterBar projectId={projectId} filter={filter} />
      <QueryView query={items}>
        {({ pages }) =>
          rows.length === 0 && !items.hasNextPage ? (
            <Nothing projectId={projectId} filter={filter} />
          ) : (
            <>
              <p className="flex flex-wrap items-baseline gap-x-3 pb-2 text-xs text-ink-3" role="status">
                <Count projectId={projectId} filter={filter} lookedAt={lookedAt(pages)} />
              </p>
              <ItemTable
                projectId={projectId}
                filter={filter}
                rows={rows}
                {...(builds ? { chosen: all ? "all" : chosen, onToggle: toggle } : {})}
              />
              {items.hasNextPage && isCompared(filter) ? <GoOn query={items} /> : <MoreButton query={items} />}
            </>
          )
        }
      </QueryView>
      {selection ? (
        <UnlessArchived projectId={projectId}>
          <SelectionBar
            projectId={projectId}
            selection={selection}
            count={chosen.size}
            onAll={() => setAll(true)}
            onUnselect={unselect}
          />
        </UnlessArchived>
      ) : null}
    </>
  );
}

function selectionOf(all: boolean, filter: ItemFilter, chosen: ReadonlySet<string>): ItemSelection | null {
  if (all) return { filter };
  return chosen.size === 0 ? null : { ids: [...chosen] };
}

const lookedAt = (pages: readonly { readonly lookedAt: number | null }[]): number =>
  pages.reduce((sum, page) => sum + (page.lookedAt ?? 0), 0);

interface CountProps extends BrowsePageProps {
  readonly lookedAt: number;
}

/** How many there are, as far as it is counted. Where answers are compared, that is known only of those that were. */
function Count({ projectId, filter, lookedAt: compared }: CountProps): ReactNode {
  const t = useTranslations("browse");
  const { data } = useQuery(itemCountQuery(projectId, filter));
  if (!data) return null;
  if (data.count === null) return t("lookedAt", { count: compared });
  return data.count < data.bound ? t("count", { count: data.count }) : t("countMore", { count: data.bound - 1 });
}

function GoOn({ query }: { readonly query: Parameters<typeof MoreButton>[0]["query"] }): ReactNode {
  const t = useTranslations("browse");
  return <MoreButton query={query} label={t("goOn")} />;
}

function Nothing({ projectId, filter }: BrowsePageProps): ReactNode {
  const t = useTranslations("browse");
  const builds = useHasRole("admin", "researcher");
  if (Object.keys(filter).length === 0) {
    const more = <ButtonLink href={`/projects/${projectId}/import`}>{t("none.action")}</ButtonLink>;
    return (
      <EmptyState title={t("none.title")} action={builds ? more : undefined}>
        {t("none.body")}
      </EmptyState>
    );
  }
  return (
    <p role="status" className="py-4 text-ink-2">
      {t("notFound")}
    </p>
  );
}
