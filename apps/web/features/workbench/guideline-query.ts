import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

/**
 * The guideline that a task is tied to, by its version: what is read is what the judgement names. It is asked for again
 * now and then, since the answer also says which version is in force.
 */
export const guidelineQuery = (projectId: string, version: number) =>
  queryOptions({
    queryKey: ["guideline", projectId, version],
    queryFn: () => api.getGuideline({ params: { id: projectId }, query: { version } }),
    staleTime: 60_000,
    // Nobody should judge long without it: a server that was away comes back without any event of the browser's.
    refetchInterval: ({ state }) => (state.data ? 60_000 : 5_000),
  });
