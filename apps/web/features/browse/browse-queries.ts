import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { ItemChange, ItemFilter, ItemSelection } from "@touchstone/contracts";
import { api } from "../../api/client.ts";

/** All that is known of a project's items, so that a command can make it anew. */
export const itemsKey = (projectId: string) => ["project", projectId, "items"] as const;

export const itemsQuery = (projectId: string, filter: ItemFilter) =>
  infiniteQueryOptions({
    queryKey: [...itemsKey(projectId), "list", filter],
    queryFn: ({ pageParam }) =>
      api.listItems({
        params: { id: projectId },
        query: pageParam ? { ...filter, cursor: pageParam } : filter,
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const itemCountQuery = (projectId: string, filter: ItemFilter) =>
  queryOptions({
    queryKey: [...itemsKey(projectId), "count", filter],
    queryFn: () => api.countItems({ params: { id: projectId }, query: filter }),
  });

export const itemChoicesQuery = (projectId: string) =>
  queryOptions({
    queryKey: [...itemsKey(projectId), "choices"],
    queryFn: () => api.listItemChoices({ params: { id: projectId } }),
  });

export const itemQuery = (id: string) =>
  queryOptions({ queryKey: ["item", id], queryFn: () => api.getItem({ params: { id } }) });

export const savedViewsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "views"],
    queryFn: () => api.listSavedViews({ params: { id: projectId } }),
  });

/** What a command would do, asked before it is done; what others do meanwhile may change it. */
export const changePreviewQuery = (projectId: string, selection: ItemSelection, change: ItemChange) =>
  queryOptions({
    queryKey: [...itemsKey(projectId), "preview", selection, change],
    queryFn: () => api.changeItems({ params: { id: projectId }, body: { selection, change, preview: true } }),
    staleTime: 0,
    retry: false,
  });

export interface LabelSetWish {
  readonly selection: ItemSelection;
  readonly includeSimulated: boolean;
  readonly includeEvaluations: boolean;
}

export const labelSetPreviewQuery = (projectId: string, wish: LabelSetWish) =>
  queryOptions({
    queryKey: [...itemsKey(projectId), "labels", wish],
    queryFn: () => api.makeLabelSet({ params: { id: projectId }, body: { ...wish, preview: true } }),
    staleTime: 0,
    retry: false,
  });
