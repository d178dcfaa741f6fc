import { z } from "zod";
import type { QuestionContract } from "./question-contract.ts";

/**
 * Preference: 1 = left much better … 4 = tie … 7 = right much better, in the order SHOWN.
 * `both-bad` is a tie with a low absolute signal and stands beside the scale, not on it.
 */
export const PreferenceAnswer = z.discriminatedUnion("choice", [
  z.strictObject({ choice: z.literal("graded"), step: z.number().int().min(1).max(7) }),
  z.strictObject({ choice: z.literal("both-bad") }),
]);
export type PreferenceAnswer = z.infer<typeof PreferenceAnswer>;

export const PreferenceSettings = z.strictObject({
  steps: z.literal([2, 3, 4, 5, 6, 7]).default(7),
  /** Whether "both are bad" can be said. */
  bothBad: z.boolean().default(true),
});
export type PreferenceSettings = z.infer<typeof PreferenceSettings>;

/** Which of two answers is better, and by how much. */
export const preference = {
  title: "Which answer is better?",
  settings: PreferenceSettings,
  answer: PreferenceAnswer,
  completions: { least: 2, most: 2 },
} as const satisfies QuestionContract;
