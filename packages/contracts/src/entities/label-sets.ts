import { z } from "zod";
import { Split } from "../normal-forms.ts";
import { QuestionKindName } from "../questions/question.ts";
import { ItemSelection } from "./browse.ts";
import { EvaluationView, ModelName, RunKind } from "./learning.ts";
import { Agreement } from "./quality.ts";
import { Id, Name, PageQuery, Timestamp } from "./scalars.ts";

/** A frozen selection of judgements, as a list tells of it. */
export const LabelSetRow = z.object({
  id: Id,
  /** Null until somebody gives it one: a run or an export may have frozen it. */
  name: z.string().nullable(),
  sha256: z.string(),
  judgements: z.number().int(),
  includesSimulated: z.boolean(),
  /** Judgements of it that were deleted since. */
  deleted: z.number().int(),
  createdAt: Timestamp,
  /** Who froze it by hand; null where nobody has. */
  madeBy: z.string().nullable(),
  /** Whether the project's address of the latest leads to it. */
  latest: z.boolean(),
  runs: z.number().int(),
  files: z.number().int(),
});
export type LabelSetRow = z.infer<typeof LabelSetRow>;

/** A label set with what is in it and what has been made of it. */
export const LabelSetDetails = LabelSetRow.omit({ runs: true, files: true }).extend({
  project: z.object({ id: Id, name: z.string() }),
  /** How the first to freeze it by hand had chosen: items by a filter of Browse, or one by one. */
  selection: z
    .union([
      z.object({ kind: z.literal("filter"), filter: z.record(z.string(), z.string()) }),
      z.object({ kind: z.literal("ids"), items: z.number().int() }),
    ])
    .nullable(),
  includesEvaluations: z.boolean().nullable(),
  publishedAt: Timestamp.nullable(),
  leftOutSince: z.number().int(),
  prompts: z.number().int(),
  items: z.number().int(),
  /** How many people, imported and simulated annotators, and how much each sort said. */
  labelled: z.array(z.object({ source: z.string(), annotators: z.number().int(), judgements: z.number().int() })),
  /** Answers by the kind of their question. */
  kinds: z.array(z.object({ kind: QuestionKindName, answers: z.number().int() })),
  splits: z.array(z.object({ split: Split, judgements: z.number().int() })),
  guidelines: z.array(z.object({ version: z.number().int(), judgements: z.number().int() })),
  /** When the first and the last of its judgements was made; null of a set that holds none any more. */
  from: Timestamp.nullable(),
  to: Timestamp.nullable(),
  /** Krippendorff's α by question, of people and imported annotators; null where no two of them answered the same. */
  agreement: z
    .array(z.object({ name: z.string(), kind: QuestionKindName, title: z.string(), alpha: Agreement.nullable() }))
    .default([]),
  usedBy: z.object({
    runs: z.array(z.object({ id: Id, name: z.string(), number: z.number().int(), kind: RunKind })),
    models: z.array(ModelName),
    /** Of these models, with what a reader names them by. */
    evaluations: z.array(EvaluationView.pick({ id: true, name: true, candidate: true, baseline: true, others: true })),
  }),
  /** Times that it was exported, files of it apart, and the last of them. */
  exports: z.object({ count: z.number().int(), last: Timestamp.nullable() }),
});
export type LabelSetDetails = z.infer<typeof LabelSetDetails>;

export const LabelSetChange = z.strictObject({
  name: Name.optional(),
  /** Makes it the one that the project's address of the latest leads to, or takes it back. */
  latest: z.boolean().optional(),
});
export type LabelSetChange = z.infer<typeof LabelSetChange>;

/**
 * Why a judgement is in one set and not in the other. `revised`: its person said it anew, and both are here. Of what is only
 * in the newer: `new`, made after the other was frozen, or `chosen`, which was there then. Of what is only in the other:
 * `left_out`, `retracted` (taken back, or replaced by what is in neither), or `unchosen`.
 */
export const LabelSetDifference = z.enum(["revised", "new", "chosen", "left_out", "retracted", "unchosen"]);
export type LabelSetDifference = z.infer<typeof LabelSetDifference>;

export const LabelSetDiffQuery = z.strictObject({
  against: Id,
  why: LabelSetDifference.optional(),
  ...PageQuery.shape,
});
export type LabelSetDiffQuery = z.infer<typeof LabelSetDiffQuery>;

export const LabelSetDiffRow = z.object({
  why: LabelSetDifference,
  /** The judgement itself; of what was revised the newer one. */
  judgementId: Id,
  /** Of what was revised: the one that it replaces. */
  replaced: Id.nullable(),
  itemId: Id,
  /** The last turn of the prompt, cut; null where the project has it hidden until somebody reveals it. */
  excerpt: z.string().nullable(),
  annotator: z.string(),
  at: Timestamp,
});
export type LabelSetDiffRow = z.infer<typeof LabelSetDiffRow>;

export const LabelSetDiff = z.object({
  set: LabelSetRow.pick({ id: true, name: true, createdAt: true, judgements: true, deleted: true }),
  against: LabelSetRow.pick({ id: true, name: true, createdAt: true, judgements: true, deleted: true }),
  /** In both, as they were. */
  same: z.number().int(),
  counts: z.array(z.object({ why: LabelSetDifference, count: z.number().int() })),
  items: z.array(LabelSetDiffRow),
  next: z.string().nullable(),
});
export type LabelSetDiff = z.infer<typeof LabelSetDiff>;

export const LabelSetFileState = z.enum(["waiting", "writing", "ready", "failed"]);
export type LabelSetFileState = z.infer<typeof LabelSetFileState>;

/** Of any length: what is no name of a file is refused with what names look like. */
const FileName = z.string().min(1).max(200);

export const LabelSetFileView = z.object({
  /** As in its address: `trl-preference.parquet`. */
  name: z.string(),
  state: LabelSetFileState,
  /** Written so far; in all once it is ready. */
  rows: z.number().int(),
  bytes: z.number().int().nullable(),
  sha256: z.string().nullable(),
  /** Judgements of evaluation pairs that were open then: the file doesn't tell which answer is whose. */
  blind: z.number().int(),
  askedAt: Timestamp,
  writtenAt: Timestamp.nullable(),
});
export type LabelSetFileView = z.infer<typeof LabelSetFileView>;

export const LabelSetFileDraft = z.strictObject({
  name: FileName,
  /** Whether one that is ready is written again, such as one with pairs that were open then. */
  again: z.boolean().default(false),
});

export const LabelSetFileParam = z.strictObject({ id: Id, name: FileName });
export const SignedFileParam = z.strictObject({ id: Id, pass: z.string().min(1).max(200), name: FileName });

export const SignedAddressDraft = z.strictObject({
  /** How long it opens the file, at most an hour. */
  seconds: z.number().int().min(1).max(3_600).default(900),
});

/** An address that opens one file without a sign-in until it expires: whoever has it has the file. */
export const SignedAddress = z.object({ path: z.string(), expiresAt: Timestamp });

/** The selection as the page tells it; the ids themselves are in the set. */
export function toldSelection(selection: unknown): LabelSetDetails["selection"] {
  const parsed = ItemSelection.safeParse(selection);
  if (!parsed.success) return null;
  if ("ids" in parsed.data) return { kind: "ids", items: parsed.data.ids.length };
  const given = Object.entries(parsed.data.filter).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value]],
  );
  return { kind: "filter", filter: Object.fromEntries(given) };
}
