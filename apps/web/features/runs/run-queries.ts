import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

/** Slow on purpose: the socket brings each change; this is for networks that let no socket through. */
const fallback = 10_000;

export const runsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "runs"],
    queryFn: () => api.listRuns({ params: { id: projectId } }),
    refetchInterval: fallback,
  });

export const runQuery = (id: string) =>
  queryOptions({ queryKey: ["run", id], queryFn: () => api.getRun({ params: { id } }), refetchInterval: fallback });

export const metricsQuery = (id: string) =>
  queryOptions({
    queryKey: ["run", id, "metrics"],
    queryFn: () => api.getRunMetrics({ params: { id } }),
    refetchInterval: 3 * fallback,
  });
