import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

export const importsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "imports"],
    queryFn: () => api.listImports({ params: { id: projectId } }),
  });
