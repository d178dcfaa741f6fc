import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { openRemarksKey } from "../guidance/guidance-keys.ts";

/** What of an inbox is looked at. */
export interface InboxFilter {
  readonly state: "open" | "done" | "both";
  readonly kind: "all" | "question" | "judgement" | "skip";
  /** With skips of which nothing was said. */
  readonly silentSkips: boolean;
}

export const remarksQuery = (projectId: string, { state, kind, silentSkips }: InboxFilter) =>
  infiniteQueryOptions({
    queryKey: ["project", projectId, "remarks", state, kind, silentSkips],
    queryFn: ({ pageParam }) =>
      api.listRemarks({
        params: { id: projectId },
        query: {
          kind,
          silentSkips: silentSkips ? "true" : "false",
          ...(state === "both" ? {} : { state }),
          ...(pageParam ? { cursor: pageParam } : {}),
        },
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** How much waits in an inbox: of questions the socket tells, and flags are looked for now and then. */
export const openRemarksQuery = (projectId: string) =>
  queryOptions({
    queryKey: openRemarksKey(projectId),
    queryFn: () => api.countOpenRemarks({ params: { id: projectId } }),
    refetchInterval: 60_000,
  });

/** One skip, with what was on the desk. */
export const skipQuery = (id: string) =>
  queryOptions({ queryKey: ["skip", id], queryFn: () => api.getSkip({ params: { id } }) });
