import { z } from "zod";
import type { QuestionContract } from "./question-contract.ts";

/** So many answers can be ranked by typing a digit each. */
const most = 9;

/**
 * The rank of each answer in the order SHOWN: 1 is best, equal numbers are a tie, gaps mean nothing. Null is the rest:
 * below all that are ranked, in no order among themselves.
 */
export const RankingAnswer = z.strictObject({
  ranks: z.array(z.number().int().min(1).max(most).nullable()).min(2).max(most),
});
export type RankingAnswer = z.infer<typeof RankingAnswer>;

const RankingSettings = z.strictObject({
  /** Whether two answers may have the same rank. */
  ties: z.boolean().default(true),
  /** So many answers at least are ranked, and the others may be the rest; null: all of them are ranked. */
  top: z
    .number()
    .int()
    .min(1)
    .max(most - 1)
    .nullable()
    .default(null),
});

/** Several answers in order. */
export const ranking = {
  title: "Rank the answers, the best first.",
  settings: RankingSettings,
  answer: RankingAnswer,
  completions: { least: 2, most },
} as const satisfies QuestionContract;
