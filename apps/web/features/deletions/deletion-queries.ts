import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type { ItemSelection } from "@touchstone/contracts";
import { api } from "../../api/client.ts";

/** Steps take tens of milliseconds; somebody who looks on wants to see it move. */
const whileUnderWayMs = 1_000;

export const deletionsQuery = queryOptions({
  queryKey: ["deletions"],
  queryFn: () => api.listDeletions(),
  refetchInterval: ({ state }) =>
    state.data?.items.some(({ finishedAt }) => finishedAt === null) ? whileUnderWayMs : false,
});

/** Asked anew each time it is opened: what depends on something changes while people work. */
export const dependantsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["dependants", projectId],
    queryFn: () => api.listDependants({ params: { id: projectId } }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

export const promptsDependantsQuery = (projectId: string, selection: ItemSelection) =>
  queryOptions({
    queryKey: ["dependants", projectId, selection],
    queryFn: async () => {
      const told = await api.deletePrompts({ params: { id: projectId }, body: { selection, preview: true } });
      return told.dependants;
    },
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

/** What is gone is nowhere counted any more. */
export async function forgetWhatWasThere(client: QueryClient, projectId: string): Promise<void> {
  const lists = [["deletions"], ["project", projectId]];
  // Whoever stands on the page of one leaves it, and is not told that it can't be found.
  const single = [["item"], ["judgement"], ["label-set"]];
  await Promise.all([
    ...lists.map((queryKey) => client.invalidateQueries({ queryKey })),
    ...single.map((queryKey) => client.invalidateQueries({ queryKey, refetchType: "none" })),
  ]);
}
