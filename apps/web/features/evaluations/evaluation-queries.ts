import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { PairOutcome } from "@touchstone/contracts";
import { api } from "../../api/client.ts";

/** In milliseconds. Judgements come in while one looks; the interval of a win rate is valid at every look. */
export const lookAgain = 5_000;

export const evaluationsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "evaluations"],
    queryFn: () => api.listEvaluations({ params: { id: projectId } }),
    refetchInterval: lookAgain,
  });

export const evaluationQuery = (id: string) =>
  queryOptions({
    queryKey: ["evaluation", id],
    queryFn: () => api.getEvaluation({ params: { id } }),
    refetchInterval: lookAgain,
  });

export const evaluationPromptsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "evaluation-prompts"],
    queryFn: () => api.getEvaluationPrompts({ params: { id: projectId } }),
  });

export const pairsQuery = (id: string, outcome: PairOutcome | undefined) =>
  infiniteQueryOptions({
    queryKey: ["evaluation", id, "pairs", outcome ?? "all"],
    queryFn: ({ pageParam }) =>
      api.listEvaluationPairs({
        params: { id },
        query: { limit: 20, ...(outcome ? { outcome } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });
