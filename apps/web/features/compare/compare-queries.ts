import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

/** In milliseconds: a run under way is looked at so often, as the socket follows one run alone. */
const lookAgain = 10_000;

/** What the curves of a run are called. */
export const metricNamesQuery = (runId: string) =>
  queryOptions({
    queryKey: ["run", runId, "metrics", "names"],
    queryFn: async () => (await api.getRunMetrics({ params: { id: runId }, query: { name: "" } })).names,
  });

/** One curve of a run with the times of its points; null where it has none of that name. */
export const curveQuery = (runId: string, name: string, underWay: boolean) =>
  queryOptions({
    queryKey: ["run", runId, "metrics", "one", name],
    queryFn: async () => {
      const { series } = await api.getRunMetrics({ params: { id: runId }, query: { name, times: "true" } });
      return series[0] ?? null;
    },
    // A hundred thousand points of a run that has ended stay as they are.
    ...(underWay ? { refetchInterval: lookAgain } : { staleTime: Number.POSITIVE_INFINITY }),
  });
