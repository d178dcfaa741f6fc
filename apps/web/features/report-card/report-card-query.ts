import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

/** A worker makes it within seconds or minutes; so often whoever waits looks again, in milliseconds. */
const lookAgainMs = 2_000;

/** It is made once and never changes. */
export const reportCardQuery = (id: string) =>
  queryOptions({
    queryKey: ["report-card", id],
    queryFn: () => api.getReportCard({ params: { id } }),
    staleTime: ({ state }) => (state.data?.card ? Number.POSITIVE_INFINITY : 0),
    refetchInterval: ({ state }) =>
      state.data?.missing === "evaluating" || (state.data?.hindrance ?? null) !== null ? lookAgainMs : false,
  });
