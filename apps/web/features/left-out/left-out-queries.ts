import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { LeaveOutWhat, PutBackWhat } from "@touchstone/contracts";
import { api } from "../../api/client.ts";

const leftOutKey = (projectId: string) => ["project", projectId, "left-out"] as const;

export const leftOutQuery = (projectId: string) =>
  infiniteQueryOptions({
    queryKey: [...leftOutKey(projectId), "list"],
    queryFn: ({ pageParam }) =>
      api.listLeftOut({ params: { id: projectId }, query: pageParam ? { cursor: pageParam } : {} }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** Not of the project: once something is put back, whoever asks again what that would do is told that it is not there. */
const previewKey = ["left-out-preview"] as const;

/** What leaving this out would do, whatever the reason; what others do meanwhile may change it. */
export const leaveOutPreviewQuery = (projectId: string, what: LeaveOutWhat) =>
  queryOptions({
    queryKey: [...previewKey, projectId, what],
    queryFn: () => api.leaveOut({ params: { id: projectId }, body: { what, reason: "other", preview: true } }),
    staleTime: 0,
    retry: false,
  });

export const putBackPreviewQuery = (projectId: string, what: PutBackWhat) =>
  queryOptions({
    queryKey: [...previewKey, "back", projectId, what],
    queryFn: () => api.putBack({ params: { id: projectId }, body: { what, preview: true } }),
    staleTime: 0,
    retry: false,
  });

/** What counts is shown all over a project: on items, judgements, figures, exports and label sets. */
export async function forgetWhatCounted(client: QueryClient, projectId: string): Promise<void> {
  const keys = [["project", projectId], ["item"], ["judgement"], ["label-set"]];
  await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
}
