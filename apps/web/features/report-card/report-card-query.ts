import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

/** It is made once, at the end of a run, and never changes. */
export const reportCardQuery = (id: string) =>
  queryOptions({
    queryKey: ["report-card", id],
    queryFn: () => api.getReportCard({ params: { id } }),
    staleTime: Number.POSITIVE_INFINITY,
  });
