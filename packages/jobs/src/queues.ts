import { Aggregation, Capability, CountedLengths, ExportFormat, FitNoun } from "@touchstone/contracts";
import { z } from "zod";

/** A job's name bound to its payload. Payloads carry ids, not data: the truth is in Postgres. */
export const RunJob = z.object({ runId: z.uuid() });
export type RunJob = z.infer<typeof RunJob>;

/** `check` looks at every threshold; `cron` fires one schedule. */
export const ScheduleJob = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("check") }),
  z.object({ kind: z.literal("cron"), scheduleId: z.uuid() }),
]);
export type ScheduleJob = z.infer<typeof ScheduleJob>;

/** One queue a capability, so that a CPU machine never takes what needs a GPU. */
export function runQueueName(capability: Capability): string {
  return `runs-${Capability.parse(capability)}`;
}
export const scheduleQueueName = "schedules";

/** Counts what of a project fits a model's context. */
export const LabelFitJob = z.object({
  workspaceId: z.uuid(),
  projectId: z.uuid(),
  modelId: z.uuid(),
  labels: FitNoun,
  includeSimulated: z.boolean(),
});
export type LabelFitJob = z.infer<typeof LabelFitJob>;
export const labelFitQueueName = "label-fits";

/** Counts rows of an export that are longer than a number of tokens, by a model's tokenizer. */
export const RowLengthsJob = z.object({
  workspaceId: z.uuid(),
  projectId: z.uuid(),
  modelId: z.uuid(),
  /** The rows of this set; null for those that the project would export now. */
  labelSetId: z.uuid().nullable(),
  includeSimulated: z.boolean(),
  format: ExportFormat,
  aggregation: Aggregation,
  tokens: z.int(),
});
export type RowLengthsJob = z.infer<typeof RowLengthsJob>;
/** A model whose tokenizer can't be read counts nothing, and trying again would not help. */
export const RowLengthsAnswer = z.union([CountedLengths, z.object({ unreadable: z.literal(true) })]);
export type RowLengthsAnswer = z.infer<typeof RowLengthsAnswer>;
export const rowLengthsQueueName = "row-lengths";

/** Evaluates a reward model that has no report card. */
export const ReportCardJob = z.object({ workspaceId: z.uuid(), modelId: z.uuid() });
export type ReportCardJob = z.infer<typeof ReportCardJob>;
export const reportCardQueueName = "report-cards";

/** Writes a file of a label set into the file store. */
export const LabelSetFileJob = z.object({ fileId: z.uuid() });
export type LabelSetFileJob = z.infer<typeof LabelSetFileJob>;
export const labelSetFileQueueName = "label-set-files";

/** Writes a whole project as one file, or makes one of such a file. */
export const ArchiveJob = z.object({ archiveId: z.uuid() });
export type ArchiveJob = z.infer<typeof ArchiveJob>;
export const archiveQueueName = "archives";
