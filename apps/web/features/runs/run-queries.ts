import { queryOptions } from "@tanstack/react-query";
import type { FitNoun, RunKind } from "@touchstone/contracts";
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

/** Former runs of a kind that ended well, newest first. */
export const formerRunsQuery = (projectId: string, kind: RunKind) =>
  queryOptions({
    queryKey: ["project", projectId, "runs", "former", kind],
    queryFn: () => api.listRuns({ params: { id: projectId }, query: { kind, state: "succeeded", limit: 20 } }),
  });

interface FitQuestion {
  readonly modelId: string;
  readonly labels: FitNoun;
  readonly includeSimulated: boolean;
}

/** A worker counts in the background: asked again soon while it does, and slowly after, since people go on judging. */
export const labelFitQuery = (projectId: string, { modelId, labels, includeSimulated }: FitQuestion) =>
  queryOptions({
    queryKey: ["project", projectId, "label-fit", { modelId, labels, includeSimulated }],
    queryFn: () =>
      api.getLabelFit({
        params: { id: projectId },
        query: { modelId, labels, includeSimulated: String(includeSimulated) },
      }),
    refetchInterval: ({ state }) => (state.data?.state === "counting" ? 1_000 : fallback),
  });
