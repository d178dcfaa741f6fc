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

/**
 * Which of seven steps can be chosen. Coarser scales are parts of the finest, so that answers of all mean the same: two
 * steps are "plainly better" either way, four add "slightly" and "much"; with an odd number the tie stands between.
 */
export const preferenceSteps = {
  2: [2, 6],
  3: [2, 4, 6],
  4: [1, 3, 5, 7],
  5: [1, 3, 4, 5, 7],
  6: [1, 2, 3, 5, 6, 7],
  7: [1, 2, 3, 4, 5, 6, 7],
} as const satisfies Record<number, readonly number[]>;

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
