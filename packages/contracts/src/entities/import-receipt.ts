import { z } from "zod";
import { MediaRefs } from "../media.ts";
import { Message, ToolCall } from "../messages.ts";
import { IssueValues, ProblemIssue } from "../problem-issue.ts";
import { Questions } from "../questions/question.ts";
import { AnswersTogether } from "./answers-together.ts";
import { ColumnMapping, ImportFormat, ImportListItem, publishedShapes } from "./datasets.ts";
import { AlreadyThere, ReceiptFindings } from "./receipt-findings.ts";
import { Id } from "./scalars.ts";
import { warningCodes } from "./warning-codes.ts";
import { ShownCompletion } from "./work.ts";

/** What a column of the file becomes. `unused` columns are not imported. */
export const ColumnRole = z.enum([
  "prompt",
  "system",
  "answer",
  "better",
  "worse",
  "answerId",
  "id",
  "cluster",
  "split",
  "language",
  "source",
  "sensitive",
  "model",
  "turn",
  "vote",
  "rank",
  "score",
  "aspect",
  "margin",
  "annotator",
  "gold",
  "media",
  /** Kept beside each task of its row and exported with the raw judgements alone. */
  "metadata",
  /** Kept beside what it belongs to, and exported again. */
  "kept",
  "unused",
]);
export type ColumnRole = z.infer<typeof ColumnRole>;

/** Why the file was taken for what it was: the page says it in words. */
export const ReceiptReason = z.enum([
  "given",
  /** As a mapping says that was saved for files with just these columns. */
  "saved",
  "chosenRejected",
  "transcripts",
  "conversations",
  "twoAnswers",
  "manyAnswers",
  "answerList",
  "oneAnswer",
  "promptsOnly",
  "ownExport",
  "trajectories",
  "openai-preference",
  "shp",
  "safe-rlhf",
  "helpsteer3",
  "helpsteer3-feedback",
  "helpsteer3-edit",
  "helpsteer3-edit-quality",
  "helpsteer2-preference",
  "ultrafeedback-binarized",
  "rewardbench",
  "pandalm",
  "verl",
  ...publishedShapes,
  "unknown",
]);
export type ReceiptReason = z.infer<typeof ReceiptReason>;

/** Each is something a person should know before the import; the values name columns and counts. */
export const WarningCode = z.enum(warningCodes);
export type WarningCode = z.infer<typeof WarningCode>;

export const ReceiptWarning = z.object({
  code: WarningCode,
  /**
   * `stop`: nothing can be imported as it is. `confirm`: something would be lost or was assumed, and a person has to
   * agree. `note`: good to know.
   */
  weight: z.enum(["stop", "confirm", "note"]),
  values: IssueValues,
  /** The first lines it is about. */
  lines: z.array(z.number().int()),
  /** With `unreadable`: what stopped the reading. */
  issue: ProblemIssue.optional(),
});
export type ReceiptWarning = z.infer<typeof ReceiptWarning>;

export const ReceiptColumn = z.object({
  /** Full path; the parts of nested columns are joined by dots. */
  path: z.string(),
  role: ColumnRole,
  /** Whether it holds lists, of which each entry may be an answer or a vote. */
  list: z.boolean(),
  /** In how many rows it holds something. */
  rows: z.number().int(),
  /** The beginning of its first value. */
  example: z.string(),
  /** Of a column of votes or labels: its different words as text, where they are few. */
  values: z.array(z.string()).optional(),
});
export type ReceiptColumn = z.infer<typeof ReceiptColumn>;

/** A task as people would be shown it: which answer stands first is drawn for each of them. */
export const TaskPreview = z.object({
  line: z.number().int(),
  /** By name; what it asks is in `questionnaires` of the receipt. */
  questionnaire: z.string(),
  prompt: z.array(Message),
  language: z.string().nullable(),
  sourceText: z.string().nullable(),
  sensitive: z.boolean(),
  completions: z.array(ShownCompletion.omit({ id: true })),
  /** Judgements that it brings along. */
  judgements: z.number().int(),
});
export type TaskPreview = z.infer<typeof TaskPreview>;

/** What would come of an import, over all rows, before anything is written. */
export const ImportReceipt = z.object({
  format: ImportFormat,
  /** With `columns`. */
  mapping: ColumnMapping.nullable(),
  /** The questionnaire that people are asked, by name. */
  question: z.string(),
  reason: ReceiptReason,
  /** The names of the file's own columns, as they stand in it. */
  header: z.array(z.string()),
  /** The saved mapping by which it was read. */
  saved: z.object({ id: Id, name: z.string() }).nullable(),
  /** How many answers a task shows at least and at most, and which stand together. */
  shows: z.object({ least: z.number().int(), most: z.number().int() }),
  together: AnswersTogether,
  columns: z.array(ReceiptColumn),
  /** The first rows as they stand in the file: the beginning of what each of `columns` holds, null where that is nothing. */
  sample: z.array(z.object({ line: z.number().int(), cells: z.array(z.string().nullable()) })),
  counts: z.object({
    rows: z.number().int(),
    prompts: z.number().int(),
    answers: z.number().int(),
    tasks: z.number().int(),
    votes: z.number().int(),
    ratings: z.number().int(),
    /** Answers to other questions, such as rankings; absent where there are none. */
    others: z.number().int().optional(),
    annotators: z.number().int(),
    /** Judgements still wanted of people, if the tasks are open and each wants `overlap` of them. */
    wanted: z.number().int(),
    badRows: z.number().int(),
    /** Pictures and sounds that the rows show, each counted where it is shown; absent where there are none. */
    media: z.number().int().optional(),
    /** Of them, different files that the rows hold themselves: an import keeps them first. */
    embedded: z.number().int().optional(),
  }),
  /** Rows that cannot be taken; the first 20. */
  badRows: z.array(ProblemIssue.omit({ path: true }).extend({ line: z.number().int(), field: z.string().nullable() })),
  warnings: z.array(ReceiptWarning),
  findings: ReceiptFindings,
  /** How much of the file the project has already; absent where it was not asked, as for an empty project. */
  there: AlreadyThere.optional(),
  /** The first tasks, up to ten: fewer where their texts are long. */
  tasks: z.array(TaskPreview),
  /** What they ask, by the name of the questionnaire. */
  questionnaires: z.record(z.string(), Questions),
  /** The first rows. */
  preview: z.array(
    z.object({
      line: z.number().int(),
      prompt: z.array(
        z.object({
          role: z.string(),
          content: z.string(),
          media: MediaRefs.optional(),
          tool_calls: z.array(ToolCall).optional(),
        }),
      ),
      answers: z.array(
        z.object({ text: z.string().nullable(), model: z.string().nullable(), media: MediaRefs.optional() }),
      ),
    }),
  ),
  /** SHA-256 of the file's bytes and of how they are read. */
  digest: z.string(),
});
export type ImportReceipt = z.infer<typeof ImportReceipt>;

/**
 * What an import keeps of its receipt: what the file was and what was found in it, and no text of its rows. Whoever imported
 * stands with the import alone, and goes with it.
 */
export const KeptReceipt = z.object({
  version: z.literal(1),
  /** SHA-256 of the file's bytes. */
  sha256: z.string(),
  format: ImportFormat,
  question: z.string(),
  reason: ReceiptReason,
  columns: z.array(ReceiptColumn.omit({ example: true, values: true })),
  counts: ImportReceipt.shape.counts,
  /** Whether the rows that cannot be taken were left out; else there were none. */
  leftOut: z.boolean(),
  warnings: z.array(ReceiptWarning.omit({ issue: true })),
  findings: ReceiptFindings,
});
export type KeptReceipt = z.infer<typeof KeptReceipt>;

/** An import; of one from before receipts were kept there is none. */
export const ImportDetail = z.object({ projectId: Id, import: ImportListItem, receipt: KeptReceipt.nullable() });
export type ImportDetail = z.infer<typeof ImportDetail>;
