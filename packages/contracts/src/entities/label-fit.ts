import { z } from "zod";
import { Id } from "./scalars.ts";

/** What a trainer makes of a project's judgements and prompts; each is made of the same rows in another way. */
export const FitNoun = z.enum(["comparisons", "ratings", "demonstrations", "answers", "prompts"]);
export type FitNoun = z.infer<typeof FitNoun>;

/** What is to be learned from, and the model whose context it is to fit. */
export const LabelFitQuery = z.strictObject({
  modelId: Id,
  labels: FitNoun,
  includeSimulated: z.stringbool().default(false),
});
export type LabelFitQuery = z.infer<typeof LabelFitQuery>;

export const LabelFitCounts = z.object({
  /** In tokens. */
  context: z.number().int(),
  /** Judgements, or prompts, that there are, and how many of them were looked at: fewer than all is an even sample. */
  rows: z.object({ total: z.number().int(), looked: z.number().int() }),
  // All that follows is counted among the rows that were looked at.
  /** Labels of the training split. */
  training: z.number().int(),
  /** Those of the validation and test splits, which no run learns from. */
  heldOut: z.number().int(),
  /** Training labels that are left out because an answer does not fit the context. */
  tooLong: z.number().int(),
  /** Training comparisons that are left out because their two answers are the same tokens to the model. */
  identical: z.number().int(),
  /** What is left to learn from. */
  used: z.number().int(),
  /** Those used of which the beginning of the prompt is cut. */
  promptsCut: z.number().int(),
  /** Different answers among the training labels in which a model says what it is; of prompts none. */
  selfNamed: z.number().int().default(0),
});
export type LabelFitCounts = z.infer<typeof LabelFitCounts>;

/** Why it is not known how many labels fit. */
export const FitUnknown = z.enum(["no_worker", "no_queue", "failed", "slow"]);
export type FitUnknown = z.infer<typeof FitUnknown>;

/** A worker counts with the model's own tokenizer, which takes a moment: ask again unless it is `counted`. */
export const LabelFitView = z.discriminatedUnion("state", [
  z.object({ state: z.literal("counting") }),
  z.object({ state: z.literal("unknown"), why: FitUnknown }),
  LabelFitCounts.extend({ state: z.literal("counted") }),
]);
export type LabelFitView = z.infer<typeof LabelFitView>;
