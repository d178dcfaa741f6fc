import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { inquiriesKey } from "./guidance-keys.ts";

/** The guideline in force beside the version that was read last; asked anew for each version that is to be read. */
export const guidelineToReadQuery = (projectId: string, version: number) =>
  queryOptions({
    queryKey: ["guideline-to-read", projectId, version],
    queryFn: () => api.getGuidelineToRead({ params: { id: projectId } }),
    staleTime: 0,
  });

/** What the socket would say: looked at by itself now and then, where a proxy lets no socket through. */
const unheardMs = 5 * 60_000;

/** What one has asked, and the answers; asked for anew when the socket says so. */
export const inquiriesQuery = (projectId: string) =>
  queryOptions({
    queryKey: inquiriesKey(projectId),
    queryFn: () => api.listInquiries({ params: { id: projectId } }),
    refetchInterval: unheardMs,
  });

/** Who has read the guideline in force; it goes with whatever is saved of the project. */
export const guidelineReadersQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "guideline-readers"],
    queryFn: () => api.listGuidelineReaders({ params: { id: projectId } }),
  });
