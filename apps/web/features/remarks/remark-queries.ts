import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

/** @param silentSkips with skips of which nothing was said */
export const remarksQuery = (projectId: string, silentSkips: boolean) =>
  infiniteQueryOptions({
    queryKey: ["project", projectId, "remarks", silentSkips],
    queryFn: ({ pageParam }) =>
      api.listRemarks({
        params: { id: projectId },
        query: { silentSkips: silentSkips ? "true" : "false", ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** One skip, with what was on the desk. */
export const skipQuery = (id: string) =>
  queryOptions({ queryKey: ["skip", id], queryFn: () => api.getSkip({ params: { id } }) });
