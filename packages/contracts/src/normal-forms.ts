import { z } from "zod";
import { MediaRefs } from "./media.ts";
import { Message } from "./messages.ts";
import { stepVerdicts } from "./questions/steps.ts";

/** What a prompt is for, for good: only `train` is ever learned from. */
export const Split = z.enum(["train", "validation", "test"]);
export type Split = z.infer<typeof Split>;

/**
 * What learning reads. Judgements of any question reduce to these by the one table in
 * `packages/labeling` (normalise.ts); trainers never see a judgement itself.
 */
const origin = {
  /** The judgements this row was derived from: lineage starts here. */
  judgementId: z.string(),
  /** Stable pseudonym of the annotator, for per-annotator effects. */
  annotator: z.string(),
  promptId: z.string(),
  prompt: z.array(Message),
  /** Permanent split of the prompt's cluster: evaluation prompts are never trained on. */
  split: Split,
};

/** An answer that was judged. `text` is empty where pictures or sounds are all of it; trainers read no such form (`hasMedia`). */
const Answered = z.object({ completionId: z.string(), text: z.string(), media: MediaRefs.optional() });

/** `outcome` is +3 (A much better) … 0 (tie) … −3 (B much better), always in the order a, b and not as shown. */
export const Comparison = z.object({
  kind: z.literal("comparison"),
  ...origin,
  a: Answered,
  b: Answered,
  outcome: z.number().int().min(-3).max(3),
  bothBad: z.boolean(),
  /** Which of a and b stood on the left (first): position bias is a term of the likelihood. */
  first: z.enum(["a", "b"]),
  weight: z.number().positive(),
  /** The one of the two that an annotator has made of the other one: an answer of no task, whose id is its own alone. */
  edited: z.enum(["a", "b"]).optional(),
  /** False where the better one is not to be imitated for it: it was better than the worst, and another one was the best. */
  best: z.literal(false).optional(),
  /** By how much the reward of the better answer is to lead that of the other (Touvron et al. 2023, eq. 2), where a file says so. */
  margin: z.number().min(0).optional(),
});
export type Comparison = z.infer<typeof Comparison>;

/** An absolute judgement on the 1–5 scale. */
export const Rating = z.object({
  kind: z.literal("rating"),
  ...origin,
  completion: Answered,
  score: z.number().min(1).max(5),
  /** What was rated, such as "helpfulness"; absent: the answer as a whole. */
  aspect: z.string().min(1).max(100).optional(),
  weight: z.number().positive(),
});
export type Rating = z.infer<typeof Rating>;

/** Several answers to one prompt in order: groups, the best first, the answers of a group tied. One observation, whole. */
export const Ranking = z
  .object({
    kind: z.literal("ranking"),
    ...origin,
    groups: z.array(z.array(Answered).min(1)).min(1),
    /** The answers of the last group were not ranked: below the others, and in no order that is known, not even tied. */
    rest: z.boolean().optional(),
    weight: z.number().positive(),
  })
  .refine(({ groups }) => groups.flat().length >= 2, "a ranking is of at least two answers");
export type Ranking = z.infer<typeof Ranking>;

/** A text to imitate: supervised fine-tuning reads these. */
export const Demonstration = z.object({
  kind: z.literal("demonstration"),
  /** The judgement in which somebody wrote it, and who; absent where it is an answer that people liked, or a file's. */
  judgementId: origin.judgementId.optional(),
  annotator: origin.annotator.optional(),
  promptId: z.string(),
  prompt: z.array(Message),
  split: Split,
  text: z.string(),
  media: MediaRefs.optional(),
});
export type Demonstration = z.infer<typeof Demonstration>;

/** Which steps of an answer are right, in their order; steps of which nothing was said are no part of it. */
export const StepLabels = z.object({
  kind: z.literal("step-labels"),
  ...origin,
  completion: Answered,
  steps: z.array(z.object({ text: z.string(), verdict: z.enum(stepVerdicts) })).min(1),
  weight: z.number().positive(),
});
export type StepLabels = z.infer<typeof StepLabels>;

export const NormalForm = z.discriminatedUnion("kind", [Comparison, Rating, Ranking, Demonstration, StepLabels]);
export type NormalForm = z.infer<typeof NormalForm>;
