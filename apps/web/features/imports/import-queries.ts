import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

export const importsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "imports"],
    queryFn: () => api.listImports({ params: { id: projectId } }),
  });

/** Below the list, so that what makes the list anew makes this anew too. */
export const importQuery = (projectId: string, id: string) =>
  queryOptions({
    queryKey: ["project", projectId, "imports", id],
    queryFn: () => api.getImport({ params: { id } }),
  });
