import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

/** Few enough that a page of long answers is small. */
const pageSize = 25;

/** What the person has judged in a project, newest first. */
export const ownAnswersQuery = (projectId: string) =>
  infiniteQueryOptions({
    queryKey: ["own-answers", projectId],
    queryFn: ({ pageParam }) =>
      api.listOwnAnswers({
        params: { id: projectId },
        query: { limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** What the person has skipped in a project, newest first. */
export const ownSkipsQuery = (projectId: string) =>
  infiniteQueryOptions({
    queryKey: ["own-skips", projectId],
    queryFn: ({ pageParam }) =>
      api.listOwnSkips({
        params: { id: projectId },
        query: { limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** One answer with its task, as it stands at this moment: another window may have corrected it. */
export const ownTaskQuery = (id: string) =>
  queryOptions({
    queryKey: ["own-task", id],
    queryFn: () => api.getOwnTask({ params: { id } }),
    staleTime: 0,
    gcTime: 0,
    // It must not change under the hands of who corrects it.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
