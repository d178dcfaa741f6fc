import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

export const schedulesQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "schedules"],
    queryFn: () => api.listSchedules({ params: { id: projectId } }),
  });
