import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

export const qualityQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "quality"],
    queryFn: () => api.getProjectQuality({ params: { id: projectId } }),
  });
