import { z } from "zod";
import { Id, Timestamp, text } from "./scalars.ts";

/**
 * `trl-preference`: {prompt?, chosen, rejected, margin?}; `hh`: whole transcripts in {chosen, rejected};
 * `prompts`: {prompt | messages, completions?: string[]}; `columns`: any JSONL, mapped by `ColumnMapping`.
 */
export const ImportFormat = z.enum(["trl-preference", "hh", "prompts", "columns"]);
export type ImportFormat = z.infer<typeof ImportFormat>;

const ColumnPath = z.string().min(1).max(100);

/** Dotted paths into a row. Votes are either a list with one entry a vote, or one column an annotator. */
export const ColumnMapping = z.strictObject({
  id: ColumnPath.optional(),
  /** One path, or several that are joined by a blank line (an instruction and its input). */
  prompt: z.union([ColumnPath, z.array(ColumnPath).min(1).max(5)]).optional(),
  /** Prompts of one cluster (a debate, a document, a tree) never cross splits. */
  cluster: ColumnPath.optional(),
  /** A published split: train, validation or test. Left out, the hash of the cluster's name decides. */
  split: ColumnPath.optional(),
  language: ColumnPath.optional(),
  a: ColumnPath.optional(),
  b: ColumnPath.optional(),
  /** Stable ids of the two sides, so that one text used in many rows stays one completion. */
  aId: ColumnPath.optional(),
  bId: ColumnPath.optional(),
  /** An aggregate label that is kept as metadata and never trained on. */
  gold: ColumnPath.optional(),
  votes: z
    .union([
      z.strictObject({ list: ColumnPath, annotator: ColumnPath, value: ColumnPath }),
      z.strictObject({ columns: z.array(ColumnPath).min(1).max(50) }),
    ])
    .optional(),
  /** Which raw values mean A, B, tie; compared as strings. */
  values: z
    .strictObject({
      a: z.array(z.string()).default(["a"]),
      b: z.array(z.string()).default(["b"]),
      tie: z.array(z.string()).default(["tie"]),
    })
    .optional(),
  /** For ratings: the completion and its score on the 1–5 scale. */
  completion: ColumnPath.optional(),
  score: ColumnPath.optional(),
  annotator: ColumnPath.optional(),
});
export type ColumnMapping = z.infer<typeof ColumnMapping>;

export const ImportQuery = z.strictObject({
  format: ImportFormat,
  /** JSON of a ColumnMapping; needed with `columns`. */
  mapping: z.string().max(5_000).optional(),
  /** What people are asked about the new rows. */
  question: z.enum(["preference", "rating"]).default("preference"),
  /** Whether new tasks open for people (true) or the rows are only kept with their imported votes. */
  open: z.enum(["true", "false"]).default("true"),
  /** Kept for the list of imports. */
  fileName: text(200).optional(),
});
export type ImportQuery = z.infer<typeof ImportQuery>;

export const ImportView = z.object({
  id: Id,
  format: ImportFormat,
  fileName: z.string().nullable(),
  rows: z.number().int(),
  prompts: z.number().int(),
  completions: z.number().int(),
  tasks: z.number().int(),
  judgements: z.number().int(),
  annotators: z.number().int(),
  /** Votes left out because this annotator had judged this task already: one person has one voice. */
  duplicates: z.number().int(),
  /** HH pairs whose transcripts differ before the last turn: the prompt is what they share. */
  differingPrefixes: z.number().int(),
  createdAt: Timestamp,
});
export type ImportView = z.infer<typeof ImportView>;

/** An import with what has become of its rows. Of one that is not `tracked` only its counts are known. */
export const ImportListItem = ImportView.extend({
  tracked: z.boolean(),
  /** Who imported; null where the system did. */
  memberName: z.string().nullable(),
  /** Its tasks that people are given, or have been. */
  tasksOpen: z.number().int(),
  /** Its tasks that people are not given, though all their texts are there. */
  tasksClosed: z.number().int(),
  /** Judgements on its tasks that are not its own votes, undone ones included, and on how many tasks. */
  judgementsSince: z.number().int(),
  tasksJudgedSince: z.number().int(),
  /** Frozen label sets with votes of it. */
  labelSets: z.number().int(),
});
export type ImportListItem = z.infer<typeof ImportListItem>;

export const OpenImportBody = z.strictObject({
  /** How many tasks, in the order in which people get them; left out, all. */
  count: z.number().int().min(1).max(1_000_000).optional(),
});

export const OpenImportResult = z.object({ opened: z.number().int() });

/** What an undo took away, and what it left because something else uses it. */
export const UndoImportResult = z.object({
  prompts: z.number().int(),
  completions: z.number().int(),
  tasks: z.number().int(),
  judgements: z.number().int(),
  promptsKept: z.number().int(),
  tasksKept: z.number().int(),
});
export type UndoImportResult = z.infer<typeof UndoImportResult>;

export const ExportFormat = z.enum(["trl-preference", "ratings", "sft-messages", "judgements"]);
export type ExportFormat = z.infer<typeof ExportFormat>;

export const ExportQuery = z.strictObject({
  format: ExportFormat,
  /** Simulated judgements stay out unless asked for. */
  includeSimulated: z.enum(["true", "false"]).default("false"),
});

export const LabelSetView = z.object({
  id: Id,
  sha256: z.string(),
  judgements: z.number().int(),
  comparisons: z.number().int(),
  ratings: z.number().int(),
  includesSimulated: z.boolean(),
  createdAt: Timestamp,
});
export type LabelSetView = z.infer<typeof LabelSetView>;
