import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

export const modelsQuery = (kind?: "policy" | "reward") =>
  queryOptions({
    queryKey: ["models", kind ?? "all"],
    queryFn: () => api.listModels({ query: { limit: 200, ...(kind ? { kind } : {}) } }),
  });

export const lineageQuery = (id: string) =>
  queryOptions({ queryKey: ["model", id], queryFn: () => api.getModelLineage({ params: { id } }) });

/** @param projectId of a model of the workspace: in which project it is asked about */
export const modelReviewQuery = (id: string, projectId?: string) =>
  queryOptions({
    queryKey: ["model", id, "review", projectId ?? "its own"],
    queryFn: () => api.getModelReview({ params: { id }, query: projectId === undefined ? {} : { projectId } }),
  });

export const modelDependantsQuery = (id: string) =>
  queryOptions({
    queryKey: ["model", id, "dependants"],
    queryFn: () => api.listModelDependants({ params: { id } }),
  });

/** What is in use is said of every model and in every list. */
export function forgetModels(client: QueryClient): void {
  for (const queryKey of [["model"], ["models"]]) void client.invalidateQueries({ queryKey });
}
