import { z } from "zod";
import type { QuestionContract } from "./question-contract.ts";
import { mostAnswers } from "./shown-answers.ts";

const farthest = 1_000_000_000;
const bound = z.number().min(-farthest).max(farthest);

const NumberSettings = z
  .strictObject({
    min: bound.default(0),
    max: bound.default(100),
    /** Numbers are this far apart, counted from `min`. */
    step: z.number().positive().max(farthest).default(1),
  })
  .superRefine(({ min, max, step }, context) => {
    const fault = (field: string, message: string) =>
      context.addIssue({ code: "custom", path: [field], message, params: { code: "numberBounds" } });
    if (max <= min) fault("max", "must be more than min");
    else if (step > max - min) fault("step", "is wider than from min to max");
  });

/** A number for each answer, in the order SHOWN. */
export const NumberAnswer = z.strictObject({ values: z.array(bound).min(1).max(mostAnswers) });
export type NumberAnswer = z.infer<typeof NumberAnswer>;

/** A number between two bounds for each answer. */
export const number = {
  title: "Which number fits each answer?",
  settings: NumberSettings,
  answer: NumberAnswer,
  completions: { least: 1, most: mostAnswers },
} as const satisfies QuestionContract;
