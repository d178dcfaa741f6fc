import { z } from "zod";
import { Message } from "../messages.ts";
import { Split } from "../normal-forms.ts";
import { QuestionName, Questions } from "../questions/question.ts";
import { LeftOutMark } from "./left-out-mark.ts";
import { Id, Name, PageQuery, Timestamp, text } from "./scalars.ts";
import { JudgementView, ShownCompletion, SkipReason } from "./work.ts";

/** `waiting`: paused with its batch; `ended`: with its batch or by itself. */
export const TaskState = z.enum(["open", "full", "paused", "waiting", "ended"]);
export type TaskState = z.infer<typeof TaskState>;

/** Where the answers of an item come from: a file, a run of this installation, or an evaluation's pair. */
export const ItemOrigin = z.enum(["import", "run", "evaluation", "arena", "other"]);
export type ItemOrigin = z.infer<typeof ItemOrigin>;

/**
 * How people's counted answers to an item stand to each other. `single`: fewer than two people have answered, or nothing that
 * was asked can be compared.
 */
export const ItemAgreement = z.enum(["same", "differ", "single"]);
export type ItemAgreement = z.infer<typeof ItemAgreement>;

export const ItemPreferred = z.enum(["model", "against", "tie"]);
export type ItemPreferred = z.infer<typeof ItemPreferred>;

/**
 * Which items (tasks with their prompt) of a project. All that is given must hold; without a field, all of them. In `q`
 * words must all occur in the prompt, the answers or what people wrote; “"several words"” occur one after the other,
 * `-word` does not occur, `word*` begins a word. `person`, `from` and `to` speak of one and the same judgement.
 */
export const ItemFilter = z.strictObject({
  q: text(500, 1).optional(),
  question: QuestionName.optional(),
  person: Id.optional(),
  agreement: ItemAgreement.optional(),
  from: Timestamp.optional(),
  to: Timestamp.optional(),
  flagged: z.literal("true").optional(),
  origin: ItemOrigin.optional(),
  import: Id.optional(),
  /** A model version's id, or the name that an import has of a model. */
  model: text(200, 1).optional(),
  /** Another model that wrote one of the answers. */
  against: text(200, 1).optional(),
  /** Somebody preferred the answer of `model`, that of `against`, or neither; asked of two models. */
  preferred: ItemPreferred.optional(),
  language: text(200, 1).optional(),
  split: Split.optional(),
  state: TaskState.optional(),
  sensitive: z.literal("true").optional(),
  /** Somebody has judged it in less time than anybody takes to read its answers, and that stands. */
  fasterThanReading: z.literal("true").optional(),
});
export type ItemFilter = z.infer<typeof ItemFilter>;

export const ItemQuery = PageQuery.extend(ItemFilter.shape);
export type ItemQuery = z.infer<typeof ItemQuery>;

export const ItemRow = z.object({
  /** Of the task. */
  id: Id,
  /** The last turn of the prompt, cut. */
  excerpt: z.string(),
  language: z.string().nullable(),
  split: Split,
  /** Marked, with its prompt, as what is not to be shown unasked. */
  sensitive: z.boolean(),
  /** Whether its project has it hidden until whoever looks reveals it. */
  blurred: z.boolean(),
  state: TaskState,
  batch: z.number().int(),
  overlap: z.number().int(),
  questionnaire: z.object({ name: z.string(), version: z.number().int() }),
  answers: z.number().int(),
  /** Judgements that stand, each in its place at the item; how many of those don't count, and how many were flagged. */
  judgements: z.number().int(),
  leftOut: z.number().int().default(0),
  flags: z.number().int(),
  /** Of the pairs of people who answered, the share that said the same; null where there is none. Simulated ones are left out. */
  agreement: z.number().min(0).max(1).nullable(),
  origin: ItemOrigin,
  lastJudgedAt: Timestamp.nullable(),
  createdAt: Timestamp,
});
export type ItemRow = z.infer<typeof ItemRow>;

/** `next` without items: so many were looked at and none of them fits; going on looks at older ones. */
export const ItemPage = z.object({
  items: z.array(ItemRow),
  next: z.string().nullable(),
  /** How many were looked at for these, where answers or paces had to be compared. */
  lookedAt: z.number().int().nullable(),
});
export type ItemPage = z.infer<typeof ItemPage>;

/** Counted up to `bound`; at the bound there may be more. Null: where answers are compared, it is known only once all were looked at. */
export const ItemCount = z.object({ count: z.number().int().nullable(), bound: z.number().int() });
export type ItemCount = z.infer<typeof ItemCount>;

/** What a project's items can be filtered by, beside what is the same everywhere. */
export const ItemChoices = z.object({
  questions: z.array(z.string()),
  people: z.array(z.object({ id: Id, name: z.string() })),
  languages: z.array(z.string()),
  /** The value to filter by, and its name. */
  models: z.array(z.object({ value: z.string(), name: z.string() })),
  imports: z.array(z.object({ id: Id, fileName: z.string().nullable(), createdAt: Timestamp })),
});
export type ItemChoices = z.infer<typeof ItemChoices>;

export const ItemJudgement = JudgementView.omit({
  prompt: true,
  blurred: true,
  completions: true,
  questions: true,
  projectId: true,
  taskId: true,
}).extend({
  /** Made in less time than anybody takes to read the answers that were new to this person. */
  fasterThanReading: z.boolean(),
});
export type ItemJudgement = z.infer<typeof ItemJudgement>;

/** An item with all that has become of it. */
export const ItemView = ItemRow.extend({
  projectId: Id,
  questions: Questions,
  prompt: z.object({ id: Id, messages: z.array(Message), sourceText: z.string().nullable(), cluster: z.string() }),
  completions: z.array(
    ShownCompletion.extend({
      modelVersionId: Id.nullable(),
      /** As an import calls it. */
      model: z.string().nullable(),
    }),
  ),
  /** An evaluation's pair that is still open: nothing here tells which answer is whose, nor in which order they were shown. */
  blind: z.boolean(),
  externalId: z.string().nullable(),
  import: z.object({ id: Id, fileName: z.string().nullable() }).nullable(),
  evaluationId: Id.nullable(),
  /** Of the item itself: none of its judgements counts. */
  leftOutItem: LeftOutMark.nullable().default(null),
  /** Oldest first; of more than a few hundred the last. */
  judgementHistory: z.array(ItemJudgement),
  skips: z.array(
    z.object({
      id: Id,
      member: JudgementView.shape.member,
      reason: SkipReason.nullable(),
      flagged: z.boolean(),
      comment: z.string(),
      createdAt: Timestamp,
    }),
  ),
  /** People who have it before them now. */
  held: z.number().int(),
  labelSets: z.array(z.object({ id: Id, judgements: z.number().int(), createdAt: Timestamp })),
});
export type ItemView = z.infer<typeof ItemView>;

/** Items one by one, or all that a filter finds at that moment. */
export const ItemSelection = z.union([
  z.strictObject({ ids: z.array(Id).min(1).max(1_000) }),
  z.strictObject({ filter: ItemFilter }),
]);
export type ItemSelection = z.infer<typeof ItemSelection>;

/**
 * What is done to each item. `reopen`: a full one is open for so many answers more. `pause`: it is given to nobody; `resume`
 * ends that. `batch`: lower batches come first. `mark`: its prompt, with all tasks of it, is sensitive; `unmark` ends that. Said again, none of them changes anything more.
 */
export const ItemChange = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("reopen"), more: z.number().int().min(1).max(10).default(1) }),
  z.strictObject({ kind: z.literal("pause") }),
  z.strictObject({ kind: z.literal("resume") }),
  z.strictObject({ kind: z.literal("batch"), batch: z.number().int().min(-1_000_000).max(1_000_000) }),
  z.strictObject({ kind: z.literal("mark") }),
  z.strictObject({ kind: z.literal("unmark") }),
]);
export type ItemChange = z.infer<typeof ItemChange>;
export const ItemChangeKind = z.enum(["reopen", "pause", "resume", "batch", "mark", "unmark"]);
export type ItemChangeKind = z.infer<typeof ItemChangeKind>;

export const ItemsChange = z.strictObject({
  selection: ItemSelection,
  change: ItemChange,
  /** Whether it only says what it would do. */
  preview: z.boolean().default(false),
});
export type ItemsChange = z.infer<typeof ItemsChange>;

/** Why an item is left as it is. */
export const ItemLeft = z.enum(["already", "open", "paused", "batch", "evaluation", "withoutText", "tooMany", "gone"]);
export type ItemLeft = z.infer<typeof ItemLeft>;

export const ItemsChanged = z.object({
  selected: z.number().int(),
  changed: z.number().int(),
  left: z.array(z.object({ why: ItemLeft, count: z.number().int() })),
});
export type ItemsChanged = z.infer<typeof ItemsChanged>;

export const SelectedLabelSetDraft = z.strictObject({
  selection: ItemSelection,
  /** What people call it. A set that was frozen before, with the same content, keeps the name that it has. */
  name: Name.optional(),
  /** Simulated judgements stay out unless asked for. */
  includeSimulated: z.boolean().default(false),
  /** Pairs of blind evaluations measure models and never train them: they are for exports alone. */
  includeEvaluations: z.boolean().default(false),
  preview: z.boolean().default(false),
});
export type SelectedLabelSetDraft = z.infer<typeof SelectedLabelSetDraft>;

/** A label set of the judgements that count on the selected items; `id` and `sha256` are null where it was a preview. */
export const SelectedLabelSet = z.object({
  id: Id.nullable(),
  sha256: z.string().nullable(),
  /** As it is called, perhaps since earlier; null without a name. */
  name: z.string().nullable().default(null),
  selected: z.number().int(),
  judgements: z.number().int(),
  /** Judgements on them that are left out. */
  leftOut: z.number().int().default(0),
  /** Items without a judgement in it, and of those the ones of evaluations. */
  itemsWithout: z.number().int(),
  itemsOfEvaluations: z.number().int(),
});
export type SelectedLabelSet = z.infer<typeof SelectedLabelSet>;

export const SavedViewDraft = z.strictObject({ name: Name, filter: ItemFilter });
export type SavedViewDraft = z.infer<typeof SavedViewDraft>;
export const SavedViewChange = z.strictObject({ name: Name });
export const SavedViewView = z.object({
  id: Id,
  projectId: Id,
  name: z.string(),
  filter: ItemFilter,
  member: z.object({ id: Id, name: z.string() }),
  createdAt: Timestamp,
});
export type SavedViewView = z.infer<typeof SavedViewView>;
