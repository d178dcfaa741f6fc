import { z } from "zod";
import type { QuestionContract } from "./question-contract.ts";

export const RatingAnswer = z.strictObject({ choice: z.literal("rated"), score: z.number().int().min(1).max(5) });
export type RatingAnswer = z.infer<typeof RatingAnswer>;

/** How good one answer is as a whole, 1 to 5. */
export const rating = {
  title: "How good is this answer?",
  settings: z.strictObject({}),
  answer: RatingAnswer,
  completions: { least: 1, most: 1 },
} as const satisfies QuestionContract;
