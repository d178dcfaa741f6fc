import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

/** Projects whose arena is open to me. */
export const arenasQuery = queryOptions({ queryKey: ["arenas"], queryFn: () => api.listArenas() });

/** A project's arena for me, with the battle that I have open. */
export const arenaQuery = (projectId: string) =>
  queryOptions({ queryKey: ["arena", projectId], queryFn: () => api.getArena({ params: { id: projectId } }) });

export const arenaSettingsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "arena"],
    queryFn: () => api.getArenaSettings({ params: { id: projectId } }),
  });

/** All battles of a project, newest first. */
export const battlesQuery = (projectId: string) =>
  infiniteQueryOptions({
    queryKey: ["project", projectId, "battles"],
    queryFn: ({ pageParam }) =>
      api.listBattles({
        params: { id: projectId },
        query: { limit: 30, ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });
