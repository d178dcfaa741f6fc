import { queryOptions } from "@tanstack/react-query";
import type { ExportFormat } from "@touchstone/contracts";
import { api } from "../../api/client.ts";

export const exportCountsQuery = (projectId: string, includeSimulated: boolean) =>
  queryOptions({
    queryKey: ["project", projectId, "exports", includeSimulated],
    queryFn: () =>
      api.countExports({
        params: { id: projectId },
        query: { includeSimulated: includeSimulated ? "true" : "false" },
      }),
    // People judge all the time: a page that is opened again counts again.
    staleTime: 0,
  });

/** The first few lines of a file, as they would be written now. */
export const exportSampleQuery = (projectId: string, format: ExportFormat, includeSimulated: boolean) =>
  queryOptions({
    queryKey: ["project", projectId, "exports", "sample", format, includeSimulated],
    queryFn: () =>
      api.sampleExport({
        params: { id: projectId },
        query: { format, includeSimulated: includeSimulated ? "true" : "false" },
      }),
    staleTime: 0,
  });
