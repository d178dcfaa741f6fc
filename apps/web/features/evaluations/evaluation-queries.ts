import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

/** Judgements come in while one looks; the interval is valid at every look. */
const lookAgain = 5_000;

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
