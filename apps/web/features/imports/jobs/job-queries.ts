import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../api/client.ts";

/** How often a page looks how far an import is. */
const lookMs = 500;

export const importJobsKey = (projectId: string) => ["project", projectId, "import-jobs"] as const;

/** Imports that are being made and how the latest ended; looked at again and again while one goes on. */
export const importJobsQuery = (projectId: string) =>
  queryOptions({
    queryKey: importJobsKey(projectId),
    queryFn: () => api.listImportJobs({ params: { id: projectId } }),
    refetchInterval: ({ state }) => (state.data?.items.some((job) => job.state === "running") ? lookMs : false),
  });
