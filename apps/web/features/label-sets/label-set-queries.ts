import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { LabelSetDifference, LabelSetFileView } from "@touchstone/contracts";
import { api } from "../../api/client.ts";

const nextOf = (page: { readonly next: string | null }): string | undefined => page.next ?? undefined;
const after = (cursor: string) => (cursor === "" ? {} : { cursor });

/** A project's sets, newest first. */
export const labelSetsQuery = (projectId: string) =>
  infiniteQueryOptions({
    queryKey: ["project", projectId, "label-sets"],
    queryFn: ({ pageParam }) => api.listLabelSets({ params: { id: projectId }, query: after(pageParam) }),
    initialPageParam: "",
    getNextPageParam: nextOf,
  });

export const labelSetDetailsQuery = (id: string) =>
  queryOptions({ queryKey: ["label-set", id, "details"], queryFn: () => api.getLabelSet({ params: { id } }) });

const isUnderWay = ({ state }: LabelSetFileView): boolean => state === "waiting" || state === "writing";

/** Files of a set; while a worker has one to write they are looked at again. */
export const labelSetFilesQuery = (id: string) =>
  queryOptions({
    queryKey: ["label-set", id, "files"],
    queryFn: () => api.listLabelSetFiles({ params: { id } }),
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? 2_000 : false),
  });

/** What differs from another set, by pages. */
export const labelSetDiffQuery = (id: string, against: string, why: LabelSetDifference | undefined) =>
  infiniteQueryOptions({
    queryKey: ["label-set", id, "diff", against, why],
    queryFn: ({ pageParam }) =>
      api.diffLabelSets({ params: { id }, query: { against, ...(why ? { why } : {}), ...after(pageParam) } }),
    initialPageParam: "",
    getNextPageParam: nextOf,
  });

/** After a set got a name or became the latest, which another one then no longer is. */
export const forgetLabelSets = (client: QueryClient, projectId: string) =>
  Promise.all([
    client.invalidateQueries({ queryKey: labelSetsQuery(projectId).queryKey }),
    client.invalidateQueries({ queryKey: ["label-set"], predicate: ({ queryKey }) => queryKey[2] === "details" }),
  ]);
