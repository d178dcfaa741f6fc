import { z } from "zod";
import { QuestionKindName, QuestionName } from "../questions/question.ts";
import { togetherQuery } from "./answers-together.ts";
import { ErasedSince } from "./erased-since.ts";
import { exportOptions, ShapedFormat } from "./export-shapes.ts";
import { LeftOutCounts } from "./left-out-mark.ts";
import { longestPath, mostColumns } from "./most-columns.ts";
import { Id, Timestamp, text } from "./scalars.ts";
import { TemplateName } from "./templates.ts";

/** Shapes of published data and of other tools, each with a reader of its own: docs/formats.md. */
export const publishedShapes = [
  "ranked",
  "stepwise",
  "unpaired",
  "arena",
  "ultrafeedback",
  "summarize",
  "helpsteer2",
  "rewardbench-2",
  "oasst",
  "prm800k",
  "open-webui",
  "langfuse",
  "label-studio",
  "argilla",
  "evals",
  "swift",
  "llama-factory",
] as const;

/**
 * `trl-preference`: {prompt?, chosen, rejected, margin?}; `hh`: whole transcripts in {chosen, rejected};
 * `prompts`: {prompt | messages, completions?: string[]}; `columns`: any JSONL, mapped by `ColumnMapping`;
 * `judgements`, `ratings` and `sft-messages`: our own exports, which come back as they went out.
 */
export const ImportFormat = z.enum([
  "trl-preference",
  "hh",
  "prompts",
  "columns",
  "judgements",
  "ratings",
  "sft-messages",
  "atif",
  ...publishedShapes,
]);
export type ImportFormat = z.infer<typeof ImportFormat>;

const ColumnPath = z.string().min(1).max(longestPath);

/** What votes say where a mapping does not tell. */
export const usualVoteValues: { a: string[]; b: string[]; tie: string[]; bothBad: string[] } = {
  a: ["a"],
  b: ["b"],
  tie: ["tie"],
  bothBad: [],
};

/** Dotted paths into a row. Votes are either a list with one entry a vote, or one column an annotator. */
export const ColumnMapping = z.strictObject({
  id: ColumnPath.optional(),
  /**
   * One path, or several that are joined by a blank line (an instruction and its input). Left out where the answers
   * are whole conversations: then the prompt is what stands before the last turn, and is the same on both sides.
   */
  prompt: z.union([ColumnPath, z.array(ColumnPath).min(1).max(mostColumns.prompt)]).optional(),
  /**
   * A turn each, in this order, or lists of turns: what was said before the prompt, by turns of the user and the assistant.
   * Without a prompt the last of them is what is asked.
   */
  turns: z.array(ColumnPath).min(1).max(mostColumns.turn).optional(),
  /** Text that becomes a system turn before the prompt; rows where it is blank have none. */
  system: ColumnPath.optional(),
  /** Prompts of one cluster (a debate, a document, a tree) never cross splits. */
  cluster: ColumnPath.optional(),
  /** A published split: train, validation or test. Left out, the hash of the cluster's name decides. */
  split: ColumnPath.optional(),
  language: ColumnPath.optional(),
  /** What people judge against, shown beside the prompt. */
  sourceText: ColumnPath.optional(),
  /** True where the prompt and its answers are to stay blurred until somebody reveals them. */
  sensitive: ColumnPath.optional(),
  a: ColumnPath.optional(),
  b: ColumnPath.optional(),
  /** Stable ids of the two sides, so that one text used in many rows stays one completion. */
  aId: ColumnPath.optional(),
  bId: ColumnPath.optional(),
  /** Which model wrote a side. Two answers of one model stay two answers. */
  aModel: ColumnPath.optional(),
  bModel: ColumnPath.optional(),
  /** Any number of answers: a column each, or one list of texts or objects. Rows may leave some blank. */
  answers: z
    .union([
      z.strictObject({
        columns: z.array(ColumnPath).min(2).max(mostColumns.answer),
        /** Which model wrote each, in the same order. */
        models: z.array(ColumnPath).max(50).optional(),
      }),
      z.strictObject({
        list: ColumnPath,
        /** Where the entries are objects: where in each the text, the model, a score of 1–5 and its rank stand. */
        text: ColumnPath.optional(),
        model: ColumnPath.optional(),
        score: ColumnPath.optional(),
        rank: ColumnPath.optional(),
      }),
    ])
    .optional(),
  /** An aggregate label that is kept as metadata and never trained on. */
  gold: ColumnPath.optional(),
  votes: z
    .union([
      /** Without `annotator` each place in the list is one person. */
      z.strictObject({
        list: ColumnPath,
        annotator: ColumnPath.optional(),
        value: ColumnPath,
        comment: ColumnPath.optional(),
      }),
      z.strictObject({
        columns: z.array(ColumnPath).min(1).max(mostColumns.vote),
        /** Of several annotators’ columns: by the column of a vote, the one with its reason. */
        comments: z.record(ColumnPath, ColumnPath).optional(),
      }),
    ])
    .optional(),
  /** In every row this side is the better one, as in files of chosen and rejected answers. */
  winner: z.enum(["a", "b"]).optional(),
  /** Which raw values mean A, B, tie, both bad; compared as strings. `grades` gives further ones their own strength. */
  values: z
    .strictObject({
      a: z.array(z.string()).default(usualVoteValues.a),
      b: z.array(z.string()).default(usualVoteValues.b),
      tie: z.array(z.string()).default(usualVoteValues.tie),
      bothBad: z.array(z.string()).default(usualVoteValues.bothBad),
      /** Raw value → 3 (A is much better) … 0 (tie) … −3 (B is much better). */
      grades: z.record(z.string().max(100), z.number().int().min(-3).max(3)).default({}),
    })
    .optional(),
  /** For ratings: the completion and its score on the 1–5 scale. */
  completion: ColumnPath.optional(),
  /** Which model wrote the completion. */
  model: ColumnPath.optional(),
  score: ColumnPath.optional(),
  /** Of several answers, in their order: a column of scores each. */
  scores: z.array(ColumnPath).min(2).max(50).optional(),
  /** One person's order of the answers, 1 or 0 the best, equal ranks a tie: a column for each answer in their order, or one list. */
  ranks: z
    .union([z.strictObject({ columns: z.array(ColumnPath).min(2).max(50) }), z.strictObject({ list: ColumnPath })])
    .optional(),
  /** Of the one answer: scores in several respects, each called after its column. */
  aspects: z.array(ColumnPath).min(1).max(mostColumns.aspect).optional(),
  /** What the aspects' lowest number is, and how many numbers there are. */
  aspectScale: z.strictObject({ from: z.int().min(-10).max(10), steps: z.literal([5, 7]) }).optional(),
  /** Of the one answer: whether it is good. `values` may say which words mean good (a) and bad (b). */
  label: ColumnPath.optional(),
  annotator: ColumnPath.optional(),
  /** Why it was judged so, in the annotator's words. */
  comment: ColumnPath.optional(),
  /** Names of pictures or sounds, or data URLs, that belong to the prompt. */
  media: z.array(ColumnPath).min(1).max(mostColumns.media).optional(),
  /** Kept beside each task of its row, shown to nobody who judges, and exported again with the raw judgements alone. */
  metadata: z.array(ColumnPath).min(1).max(mostColumns.metadata).optional(),
  /** Columns whose texts are JSON, and are read as what they say. */
  json: z.array(ColumnPath).min(1).max(50).optional(),
  /** Columns that are left out on purpose: the receipt no longer warns of them. */
  ignore: z.array(ColumnPath).max(mostColumns.unused).optional(),
});
export type ColumnMapping = z.infer<typeof ColumnMapping>;

const mappingJson = z.string().max(20_000);
/** What a receipt is asked for; whatever is left out is proposed from the rows. */
export const ReceiptQuery = z.strictObject({
  format: ImportFormat.optional(),
  /** JSON of a ColumnMapping. */
  mapping: mappingJson.optional(),
  question: QuestionName.optional(),
  /** With `false` no saved mapping is used by itself; by default one is that is for exactly the file's columns. */
  bySaved: z.enum(["true", "false"]).optional(),
  ...togetherQuery,
});
export type ReceiptQuery = z.infer<typeof ReceiptQuery>;

export const ImportQuery = z.strictObject({
  format: ImportFormat,
  /** JSON of a ColumnMapping; needed with `columns`. */
  mapping: mappingJson.optional(),
  /** What people are asked about the new rows. */
  question: QuestionName.default("preference"),
  ...togetherQuery,
  /** Whether new tasks open for people (true) or the rows are only kept with their imported votes. */
  open: z.enum(["true", "false"]).default("true"),
  /** Only this many of the new tasks open, those of the first rows; the others wait. */
  pilot: z.coerce.number().int().min(1).max(10_000).optional(),
  /** Kept for the list of imports. */
  fileName: text(200).optional(),
  /** The digest of the receipt that was agreed to. Without one, nothing may need agreeing to. */
  receipt: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** Import the other rows although some of the receipt's cannot be taken. */
  leaveOut: z.enum(["true", "false"]).default("false"),
});
export type ImportQuery = z.infer<typeof ImportQuery>;

export const ImportView = z.object({
  id: Id,
  format: ImportFormat,
  fileName: z.string().nullable(),
  /** The template whose examples these are; null of everything that somebody brought. */
  template: TemplateName.nullable().optional(),
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
  /** Pictures and sounds that nothing shows any more, and that went too. */
  media: z.number().int(),
});
export type UndoImportResult = z.infer<typeof UndoImportResult>;

/** Exports whose rows hold all that is known of them, the first of what this product wrote. */
export const RecordFormat = z.enum(["trl-preference", "ratings", "sft-messages", "stepwise", "judgements"]);
export type RecordFormat = z.infer<typeof RecordFormat>;
export const ExportFormat = z.enum([...RecordFormat.options, ...ShapedFormat.options]);
export type ExportFormat = z.infer<typeof ExportFormat>;

export const ExportQuery = z.strictObject({
  format: ExportFormat,
  /** Simulated judgements stay out unless asked for. */
  includeSimulated: z.enum(["true", "false"]).default("false"),
  /** Repeats for self-consistency too, as rows with `"repeat": true`; of the raw format alone. */
  includeRepeats: z.enum(["true", "false"]).default("false"),
  /** What is left out too, as rows whose `left_out` names the kind of reason; of the raw format alone. */
  includeLeftOut: z.enum(["true", "false"]).default("false"),
  ...exportOptions,
});
export type ExportQuery = z.infer<typeof ExportQuery>;

export const LabelSetExportQuery = z.strictObject({ format: ExportFormat, ...exportOptions });

/** Of which shape it is asked what it holds, and how. */
export const ExportFitQuery = ExportQuery.pick({ includeSimulated: true, aggregation: true }).extend({
  /** Of `trl-preference` where judgements are put together: that of each vote has counts of its own. */
  format: z.enum([...ShapedFormat.options, "trl-preference"]),
});

export const ExportCountsQuery = ExportQuery.pick({ includeSimulated: true });

/** What each export would hold at this instant, and what says why one would hold nothing. */
export const ExportCounts = z.object({
  rows: z.record(RecordFormat, z.number().int()),
  /** Comparisons that prefer neither answer: no row of `trl-preference`. */
  ties: z.number().int(),
  /** Judgements of answers whose text was never imported: rows of `judgements` only. */
  withoutText: z.number().int(),
  /** Skips: rows of their own in the raw export, beside `rows.judgements`. */
  skips: z.number().int(),
  /** Judgements of evaluation pairs that are still open: their rows do not tell which answer is whose. */
  blind: z.number().int(),
  /** Simulated judgements, counted in `rows` only where they were asked for. */
  simulated: z.number().int(),
  /** Judgements that stand and are in none of these, as they are left out. */
  leftOut: LeftOutCounts.default([]),
  /** The kinds of question that this project has tasks of. */
  asks: z.array(QuestionKindName),
});
export type ExportCounts = z.infer<typeof ExportCounts>;

/** Lines as an export has them, of the prompts that were judged first. */
export const ExportSample = z.object({
  lines: z.array(
    z.object({ text: z.string(), /** Of the whole line; a long one is cut. */ characters: z.number().int() }),
  ),
});
export type ExportSample = z.infer<typeof ExportSample>;

export const LabelSetView = z.object({
  id: Id,
  sha256: z.string(),
  judgements: z.number().int(),
  comparisons: z.number().int(),
  ratings: z.number().int(),
  includesSimulated: z.boolean(),
  /** Of its judgements, how many were deleted since. */
  deleted: z.number().int().default(0),
  /** Of these, those that were erased with whoever made them. */
  erased: ErasedSince.nullable().default(null),
  createdAt: Timestamp,
});
export type LabelSetView = z.infer<typeof LabelSetView>;
