import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

export const modelsQuery = (kind?: "policy" | "reward") =>
  queryOptions({
    queryKey: ["models", kind ?? "all"],
    queryFn: () => api.listModels({ query: { limit: 200, ...(kind ? { kind } : {}) } }),
  });

export const lineageQuery = (id: string) =>
  queryOptions({ queryKey: ["model", id], queryFn: () => api.getModelLineage({ params: { id } }) });
