import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../api/client.ts";

export const mappingsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "mappings"],
    queryFn: () => api.listMappings({ params: { id: projectId } }),
  });
