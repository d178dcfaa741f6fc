import { z } from "zod";
import type { QuestionContract } from "./question-contract.ts";
import { mostAnswers } from "./shown-answers.ts";

/**
 * The rank of each answer in the order SHOWN: 1 is best, equal numbers are a tie, gaps mean nothing. Null is the rest:
 * below all that are ranked, in no order among themselves.
 */
export const RankingAnswer = z.strictObject({
  ranks: z.array(z.number().int().min(1).max(mostAnswers).nullable()).min(2).max(mostAnswers),
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
    .max(mostAnswers - 1)
    .nullable()
    .default(null),
});

/** Several answers in order. */
export const ranking = {
  title: "Rank the answers, the best first.",
  settings: RankingSettings,
  answer: RankingAnswer,
  completions: { least: 2, most: mostAnswers },
} as const satisfies QuestionContract;
