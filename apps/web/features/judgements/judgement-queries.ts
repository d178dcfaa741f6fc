import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { JudgementFilter } from "@touchstone/contracts";
import { api } from "../../api/client.ts";

export const judgementQuery = (id: string) =>
  queryOptions({ queryKey: ["judgement", id], queryFn: () => api.getJudgement({ params: { id } }) });

/** A label set never changes; what of it has been left out since may. */
export const labelSetQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["label-set", id],
    queryFn: ({ pageParam }) =>
      api.listLabelSetJudgements({ params: { id }, query: pageParam ? { cursor: pageParam } : {} }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** A project's judgements, newest first. */
export const judgementsQuery = (projectId: string, filter: JudgementFilter) =>
  infiniteQueryOptions({
    queryKey: ["project", projectId, "judgements", filter],
    queryFn: ({ pageParam }) =>
      api.listJudgements({
        params: { id: projectId },
        query: pageParam ? { ...filter, cursor: pageParam } : filter,
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });
