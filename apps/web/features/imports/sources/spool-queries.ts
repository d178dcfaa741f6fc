import { queryOptions } from "@tanstack/react-query";
import type { SpooledFileView } from "@touchstone/contracts";
import { api } from "../../../api/client.ts";

/** How often a page looks how far something is that the server fetches. */
const lookMs = 700;

/** What files are brought for: a project, whose rows they have; or null where each is the copy of a whole one. */
export type SpoolPlace = string | null;

export const spoolKey = (place: SpoolPlace) =>
  place === null ? (["archive-uploads"] as const) : (["project", place, "spool"] as const);

/** Files that were brought and wait; looked at again and again while the server fetches one. */
export const spoolQuery = (place: SpoolPlace) =>
  queryOptions({
    queryKey: spoolKey(place),
    queryFn: () => (place === null ? api.listArchiveUploads({}) : api.listSpool({ params: { id: place } })),
    refetchInterval: ({ state }) => (state.data?.items.some(isFetched) ? lookMs : false),
  });

export const folderQuery = (projectId: string) =>
  queryOptions({
    queryKey: [...spoolKey(projectId), "folder"],
    queryFn: () => api.listFolder({ params: { id: projectId } }),
  });

/** Whether the server is fetching it, or copying it from its folder. */
export function isFetched({ origin, state }: SpooledFileView): boolean {
  return origin !== "upload" && state === "arriving";
}
