import { queryOptions } from "@tanstack/react-query";
import type { SpooledFileView } from "@touchstone/contracts";
import { api } from "../../../api/client.ts";

/** How often a page looks how far something is that the server fetches. */
const lookMs = 700;

export const spoolKey = (projectId: string) => ["project", projectId, "spool"] as const;

/** Files that were brought for imports; looked at again and again while the server fetches one. */
export const spoolQuery = (projectId: string) =>
  queryOptions({
    queryKey: spoolKey(projectId),
    queryFn: () => api.listSpool({ params: { id: projectId } }),
    refetchInterval: ({ state }) => (state.data?.items.some(isFetched) ? lookMs : false),
  });

export const folderQuery = (projectId: string) =>
  queryOptions({
    queryKey: [...spoolKey(projectId), "folder"],
    queryFn: () => api.listFolder({ params: { id: projectId } }),
  });

/** Whether the server is fetching it. */
export function isFetched({ origin, state }: SpooledFileView): boolean {
  return origin === "address" && state === "arriving";
}
