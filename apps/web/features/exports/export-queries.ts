import { queryOptions } from "@tanstack/react-query";
import { ApiError } from "@touchstone/api-client";
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

/** Between being told that a count goes on and asking again, in milliseconds. */
const askAgainMs = 2_000;

/** Whose rows are measured: those of a project now, or those of a frozen set. */
export interface MeasuredRows {
  readonly projectId: string;
  readonly labelSetId?: string;
}

/** A worker is at it, or will be. */
export const isBeingCounted = (error: unknown): boolean =>
  error instanceof ApiError && error.refusal?.reason === "lengthsCounting";

/** How many rows are longer than so many tokens, by an estimate or by a model's tokenizer. It reads them all. */
export const rowLengthsQuery = (
  of: MeasuredRows,
  { format, aggregation, includeSimulated }: ChosenExport,
  { tokens, modelId }: { readonly tokens: number; readonly modelId?: string | undefined },
) =>
  queryOptions({
    queryKey: ["exports", "lengths", of, format, aggregation, includeSimulated, tokens, modelId],
    queryFn: () => {
      const query = { format, aggregation, tokens, ...(modelId === undefined ? {} : { model: modelId }) };
      if (of.labelSetId !== undefined) return api.measureLabelSet({ params: { id: of.labelSetId }, query });
      const simulated = includeSimulated ? "true" : "false";
      return api.measureExport({ params: { id: of.projectId }, query: { ...query, includeSimulated: simulated } });
    },
    staleTime: 0,
    refetchInterval: ({ state }) => (isBeingCounted(state.error) ? askAgainMs : false),
  });
