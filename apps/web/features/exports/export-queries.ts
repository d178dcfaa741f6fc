import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { type ChosenExport, isShaped } from "./asked-export.ts";

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

/** What a shape would hold now, and what it can't. It looks at all judgements. */
export const exportFitQuery = (projectId: string, { format, aggregation, includeSimulated }: ChosenExport) =>
  queryOptions({
    queryKey: ["project", projectId, "exports", "fit", format, aggregation, includeSimulated],
    queryFn: () =>
      api.fitExport({
        params: { id: projectId },
        query: {
          format: isShaped(format) ? format : "trl-preference",
          aggregation,
          includeSimulated: includeSimulated ? "true" : "false",
        },
      }),
    staleTime: 0,
  });

/** The first few lines of a file, as they would be written now. */
export const exportSampleQuery = (projectId: string, { format, aggregation, margin, includeSimulated }: ChosenExport) =>
  queryOptions({
    queryKey: ["project", projectId, "exports", "sample", format, aggregation, margin, includeSimulated],
    queryFn: () =>
      api.sampleExport({
        params: { id: projectId },
        query: {
          format,
          aggregation,
          margin: margin ? "true" : "false",
          includeSimulated: includeSimulated ? "true" : "false",
        },
      }),
    staleTime: 0,
  });

/** Whose rows are measured: those of a project now, or those of a frozen set. */
export type MeasuredRows = { readonly projectId: string } | { readonly labelSetId: string };

/** How many rows are longer than so many tokens. It reads them all. */
export const rowLengthsQuery = (
  of: MeasuredRows,
  { format, aggregation, includeSimulated }: ChosenExport,
  tokens: number,
) =>
  queryOptions({
    queryKey: ["exports", "lengths", of, format, aggregation, includeSimulated, tokens],
    queryFn: () => {
      const query = { format, aggregation, tokens };
      if ("labelSetId" in of) return api.measureLabelSet({ params: { id: of.labelSetId }, query });
      const simulated = includeSimulated ? "true" : "false";
      return api.measureExport({ params: { id: of.projectId }, query: { ...query, includeSimulated: simulated } });
    },
    staleTime: 0,
  });
