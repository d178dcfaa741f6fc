import { z } from "zod";
import type { QuestionContract } from "./question-contract.ts";
import { mostAnswers, Place } from "./shown-answers.ts";

/** Two of the answers, by their places in the order SHOWN. */
export const BestWorstAnswer = z.strictObject({ best: Place, worst: Place });
export type BestWorstAnswer = z.infer<typeof BestWorstAnswer>;

/** The best and the worst of several answers; of those between nothing is said. */
export const bestWorst = {
  title: "Which answer is the best, and which the worst?",
  settings: z.strictObject({}),
  answer: BestWorstAnswer,
  completions: { least: 3, most: mostAnswers },
} as const satisfies QuestionContract;
