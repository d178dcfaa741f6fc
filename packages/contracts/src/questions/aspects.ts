import { z } from "zod";
import { namedList } from "./named-list.ts";
import type { QuestionContract } from "./question-contract.ts";
import { mostAnswers } from "./shown-answers.ts";

const mostAspects = 10;
const mostSteps = 7;

const AspectsSettings = z.strictObject({
  /** What is rated of each answer, such as "helpfulness"; exports and trainers call it so. */
  aspects: namedList({ least: 1, most: mostAspects }),
  /** From 1, the worst, to this, the best. */
  steps: z.literal([5, 7]).default(5),
});

/** By aspect a score for each answer, in the order SHOWN. */
export const AspectsAnswer = z.strictObject({
  ratings: z.record(z.string().max(100), z.array(z.number().int().min(1).max(mostSteps)).min(1).max(mostAnswers)),
});
export type AspectsAnswer = z.infer<typeof AspectsAnswer>;

/** How good each answer is in several respects. */
export const aspects = {
  title: "How good is each answer in these respects?",
  settings: AspectsSettings,
  blank: { aspects: [], steps: 5 },
  answer: AspectsAnswer,
  completions: { least: 1, most: mostAnswers },
} as const satisfies QuestionContract;
