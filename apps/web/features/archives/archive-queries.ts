import { queryOptions } from "@tanstack/react-query";
import type { ArchiveState } from "@touchstone/contracts";
import { api } from "../../api/client.ts";

/** Whether a worker has it, or is to. */
export const isUnderWay = (state: ArchiveState | undefined): boolean =>
  state === "arriving" || state === "waiting" || state === "working";
const lookEveryMs = 1_500;

/** The copy of a whole project; while a worker has it to write it is looked at again. */
export const archiveQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "archive"],
    queryFn: () => api.getArchive({ params: { id: projectId } }),
    refetchInterval: ({ state }) => (isUnderWay(state.data?.archive?.state) ? lookEveryMs : false),
  });

/** Copies that were brought here, newest first. */
export const broughtArchivesQuery = queryOptions({
  queryKey: ["brought-archives"],
  queryFn: () => api.listBroughtArchives({}),
  refetchInterval: ({ state }) => (state.data?.items.some((item) => isUnderWay(item.state)) ? lookEveryMs : false),
});
