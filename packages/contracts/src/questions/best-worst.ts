import { z } from "zod";
import type { QuestionContract } from "./question-contract.ts";

const most = 9;
const place = z
  .number()
  .int()
  .min(0)
  .max(most - 1);

/** Two of the answers, by their places in the order SHOWN. */
export const BestWorstAnswer = z.strictObject({ best: place, worst: place });
export type BestWorstAnswer = z.infer<typeof BestWorstAnswer>;

/** The best and the worst of several answers; of those between nothing is said. */
export const bestWorst = {
  title: "Which answer is the best, and which the worst?",
  settings: z.strictObject({}),
  answer: BestWorstAnswer,
  completions: { least: 3, most },
} as const satisfies QuestionContract;
