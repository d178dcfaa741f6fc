import { z } from "zod";
import { Split } from "../normal-forms.ts";
import { QuestionName } from "../questions/question.ts";
import { ItemOrigin } from "./browse.ts";
import { ModelName } from "./learning.ts";
import { Id, Timestamp, text } from "./scalars.ts";

/** How ties enter: as an outcome of their own (Davidson 1970), or each as half a win for both. */
export const TieRule = z.enum(["davidson", "half"]);

/** What judgements can be told apart by, each slice with a standing of its own. */
export const StandingSlice = z.enum(["question", "asked", "language", "origin", "split", "batch", "group"]);
export type StandingSlice = z.infer<typeof StandingSlice>;

/** Which judgements the standing of models is made of. All that is given must hold; without a field, all that count. */
export const StandingQuery = z.strictObject({
  /** The questionnaire. */
  question: QuestionName.optional(),
  /** One of its questions. */
  asked: QuestionName.optional(),
  language: text(200, 1).optional(),
  origin: ItemOrigin.optional(),
  import: Id.optional(),
  evaluation: Id.optional(),
  split: Split.optional(),
  batch: z.coerce.number().int().min(-1_000_000).max(1_000_000).optional(),
  /** People of this group. */
  group: text(200, 1).optional(),
  from: Timestamp.optional(),
  to: Timestamp.optional(),
  /** Simulated judgements stay out unless asked for. */
  includeSimulated: z.stringbool().default(false),
  ties: TieRule.default("davidson"),
  by: StandingSlice.optional(),
});
export type StandingQuery = z.infer<typeof StandingQuery>;

/** A value with the ends of its 95 % interval; null is an end that the judgements don't set. */
const OpenEstimate = z.object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() });
export type OpenEstimate = z.infer<typeof OpenEstimate>;

const StandingModel = z.object({
  /** A model version's id, or the name that an import has in small letters: what Browse filters by. */
  model: z.string(),
  /** Log strength, 0 on average among the models of its table that neither won nor lost everything. */
  strength: OpenEstimate,
  /** Chance of being preferred to a model of average strength, ties and position aside. */
  preferred: OpenEstimate,
  /** Places in its table that the judgements leave it. */
  rank: z.object({ best: z.number().int(), worst: z.number().int() }),
  /** Comparisons with other models. */
  comparisons: z.number().int(),
  /** No finite strength fits best: it won, or lost, every comparison. */
  unbounded: z.enum(["won all", "lost all"]).nullable(),
});
export type StandingModel = z.infer<typeof StandingModel>;

/** Models of different tables never met, not even through others, and can't be compared. */
const StandingGroups = z.array(z.array(StandingModel));

const StandingSliceView = z.object({
  /** Null: of those that have none, such as prompts without a language. */
  value: z.string().nullable(),
  judgements: z.number().int(),
  prompts: z.number().int(),
  groups: StandingGroups,
});
export type StandingSliceView = z.infer<typeof StandingSliceView>;

export const ModelStandingView = z.object({
  projectId: Id,
  /** Every model of the tables below. */
  models: z.array(
    z.object({
      model: z.string(),
      /** As the file has it, or as the version is called. */
      name: z.string(),
      /** Null: imported. */
      version: ModelName.nullable(),
      /** How many of its answers were judged. */
      answers: z.number().int(),
    }),
  ),
  /** The strongest first; the table of most models first. */
  groups: StandingGroups,
  /** Log odds of the answer shown first between equal models; null where no order is known. */
  position: OpenEstimate.nullable(),
  /** Between equal models, the share of judgements that are ties; null without ties, or where each is half a win. */
  tie: OpenEstimate.nullable(),
  pairs: z.array(
    z.object({
      a: z.string(),
      b: z.string(),
      /** Weighted: a pair of a ranking of K answers counts 2/K. */
      wins: z.number(),
      ties: z.number(),
      losses: z.number(),
      /** How often a was preferred, a tie as half; and how often the fitted strengths expect it. */
      winRate: z.number(),
      expected: z.object({ wins: z.number(), ties: z.number(), losses: z.number(), winRate: z.number() }),
    }),
  ),
  prompts: z.number().int(),
  /** Judgements that compare two answers whose models are known. */
  judgements: z.number().int(),
  comparisons: z.number().int(),
  /** What the standing does without, each judgement under the first that holds. */
  left: z.object({
    /** Left out by somebody: themselves, with their item, or with whoever made them. */
    leftOut: z.number().int(),
    simulated: z.number().int(),
    /** On pairs of an evaluation that are still open, and so blind. */
    blind: z.number().int(),
    /** Of an evaluation in which a reward model chose the answers of one side: they tell of that model as well. */
    chosen: z.number().int().default(0),
    /** Their questions put no answers in order. */
    unordered: z.number().int(),
    /** No two of the answers name their model. */
    unnamed: z.number().int(),
    /** All answers that name a model are of one: they tell of position and ties only. */
    oneModel: z.number().int(),
    /** Judged answers that name no model. */
    answersUnnamed: z.number().int(),
  }),
  /** Pairs of an evaluation that nobody was asked about, their answers being equal: they count as ties. */
  equal: z.number().int(),
  /** Where there are more judgements than are read: an even sample of prompts, with all of theirs. */
  sampled: z.object({ judgements: z.number().int(), of: z.number().int() }).nullable(),
  /** The slices with most judgements, and how many more there are. */
  slices: z.object({ items: z.array(StandingSliceView), more: z.number().int() }).nullable(),
});
export type ModelStandingView = z.infer<typeof ModelStandingView>;

/** What the standing can be narrowed to, beside what is the same everywhere. */
export const StandingChoices = z.object({
  /** Questions that put answers in order, by their questionnaire. */
  questions: z.array(z.object({ question: z.string(), asked: z.array(z.string()) })),
  languages: z.array(z.string()),
  batches: z.array(z.number().int()),
  groups: z.array(z.string()),
  imports: z.array(z.object({ id: Id, fileName: z.string().nullable(), createdAt: Timestamp })),
});
export type StandingChoices = z.infer<typeof StandingChoices>;
