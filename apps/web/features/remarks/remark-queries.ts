import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

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

export const skipQuery = (id: string) =>
  queryOptions({ queryKey: ["skip", id], queryFn: () => api.getSkip({ params: { id } }) });
