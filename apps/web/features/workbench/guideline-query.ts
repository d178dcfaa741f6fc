import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

/** The guideline in force; a task that carries a newer version asks for it again. */
export const guidelineQuery = (projectId: string, version: number) =>
  queryOptions({
    queryKey: ["guideline", projectId, version],
    queryFn: () => api.getGuideline({ params: { id: projectId } }),
    staleTime: Number.POSITIVE_INFINITY,
  });
