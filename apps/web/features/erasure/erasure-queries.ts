import { queryOptions } from "@tanstack/react-query";
import type { RetentionQuery } from "@touchstone/contracts";
import { api } from "../../api/client.ts";

/** Steps take tens of milliseconds; somebody who looks on wants to see it move. */
const whileUnderWayMs = 1_000;

export const erasuresQuery = queryOptions({
  queryKey: ["erasures"],
  queryFn: () => api.listErasures(),
  refetchInterval: ({ state }) =>
    state.data?.items.some(({ finishedAt }) => finishedAt === null) ? whileUnderWayMs : false,
});

/** Asked anew each time it is opened: what depends on somebody changes while they work. */
export const personDependantsQuery = (memberId: string) =>
  queryOptions({
    queryKey: ["person-dependants", memberId],
    queryFn: () => api.listPersonDependants({ params: { id: memberId } }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

/** What holds, or what other days would erase. */
export const retentionQuery = (projectId: string, asked: RetentionQuery = {}) =>
  queryOptions({
    queryKey: ["retention", projectId, asked],
    queryFn: () => api.getRetention({ params: { id: projectId }, query: asked }),
    staleTime: 0,
  });
