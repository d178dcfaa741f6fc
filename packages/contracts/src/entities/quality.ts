import { z } from "zod";
import { QuestionKindName } from "../questions/question.ts";
import { Estimate, Id } from "./scalars.ts";

/** How far people agree on some items, with its 95 % interval, which resamples the items. */
export const Agreement = Estimate.extend({
  /** Of which at least two people measured the same: a question of an item, or of it an aspect, a pair, a step. */
  units: z.number().int(),
  pairs: z.number().int(),
});

/** Both null where no two people answered the same. */
const HowFar = {
  /** Krippendorff's α on the scale of the kind of question. */
  alpha: Agreement.nullable(),
  /** The share of pairs of people who said the same; of a preference which answer is better, whatever by how much. */
  raw: Agreement.nullable(),
};

/** By what agreement is told apart. `week`: that of an item's latest judgement, by its Monday (UTC). */
export const QualitySlice = z.enum(["language", "source", "split", "batch", "week"]);
export type QualitySlice = z.infer<typeof QualitySlice>;

export const QualityQuestion = z.object({
  name: z.string(),
  kind: QuestionKindName,
  /** As the project words it; empty where it has no words of its own. */
  title: z.string(),
  scale: z.enum(["nominal", "ordinal", "interval"]),
  judgements: z.number().int(),
  ...HowFar,
  slices: z.array(
    z.object({
      by: QualitySlice,
      /** Oldest week first; the others by how much was judged. Null where the items have none, such as a language. */
      parts: z.array(z.object({ value: z.string().nullable(), judgements: z.number().int(), ...HowFar })),
      /** Parts that are not listed, as they have the least. */
      more: z.number().int(),
    }),
  ),
  /** How often people chose what was shown first; null where the question asks for no best answer, or nobody chose. */
  position: z
    .array(
      Estimate.extend({
        answers: z.number().int(),
        choices: z.number().int(),
        chance: z.number(),
        /** Of the exact two-sided binomial test. */
        p: z.number(),
      }),
    )
    .default([]),
});
export type QualityQuestion = z.infer<typeof QualityQuestion>;

/** Upper bounds in seconds of all bins but the last, which has none. */
export const paceBounds = [2, 5, 10, 20, 30, 60, 120, 300] as const;

export const QualityPace = z.object({
  /** Of the questionnaire: time is taken of a judgement, which answers all its questions. */
  questionnaire: z.string(),
  judgements: z.number().int(),
  /** Seconds on the screen: median, and between which the middle eight tenths lie. */
  median: z.number(),
  low: z.number(),
  high: z.number(),
  /** Judgements in each bin of `paceBounds`, and above. */
  bins: z.array(z.number().int()),
});
export type QualityPace = z.infer<typeof QualityPace>;

/** How good a project's judgements are, of people and imported ones; simulated and left-out ones are in nothing here. */
export const QualityView = z.object({
  projectId: Id,
  /** Judgements that were looked at, and whether those are all: of many the latest. */
  judgements: z.number().int(),
  all: z.boolean(),
  /** Judgements that are left out of the project. */
  leftOut: z.number().int(),
  questions: z.array(QualityQuestion),
  pace: z.array(QualityPace),
  /** Items on which people differ most, with the share of pairs of people who said the same. */
  disagreements: z.array(
    z.object({ taskId: Id, excerpt: z.string(), share: z.number(), people: z.number().int(), flags: z.number().int() }),
  ),
});
export type QualityView = z.infer<typeof QualityView>;
