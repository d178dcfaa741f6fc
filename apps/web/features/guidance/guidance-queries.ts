import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

/** The guideline in force beside the version that was read last; asked anew for each version that is to be read. */
export const guidelineToReadQuery = (projectId: string, version: number) =>
  queryOptions({
    queryKey: ["guideline-to-read", projectId, version],
    queryFn: () => api.getGuidelineToRead({ params: { id: projectId } }),
    staleTime: 0,
  });

/** What one has asked, and the answers; looked at again while somebody sits at the desk. */
export const inquiriesQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["inquiries", projectId],
    queryFn: () => api.listInquiries({ params: { id: projectId } }),
    refetchInterval: 30_000,
  });

/** Who has read the guideline in force; it goes with whatever is saved of the project. */
export const guidelineReadersQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "guideline-readers"],
    queryFn: () => api.listGuidelineReaders({ params: { id: projectId } }),
  });
