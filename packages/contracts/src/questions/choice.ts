import { z } from "zod";
import { namedList } from "./named-list.ts";
import type { QuestionContract } from "./question-contract.ts";
import { mostAnswers } from "./shown-answers.ts";

const mostOptions = 20;
const count = z.number().int().min(1).max(mostOptions).nullable().default(null);

const ChoiceSettings = z
  .strictObject({
    /** In the order in which they are shown. */
    options: namedList({ least: 2, most: mostOptions }),
    /** Whether more than one may be chosen. */
    multiple: z.boolean().default(false),
    /** So many at least, where several may be chosen; null: one. */
    least: count,
    /** So many at most; null: all of them. */
    most: count,
  })
  .superRefine(({ options, multiple, least, most }, context) => {
    const fault = (field: string, message: string) =>
      context.addIssue({ code: "custom", path: [field], message, params: { code: "choiceBounds" } });
    if (!multiple && least !== null) fault("least", "is for a choice of several: leave it out, or set multiple");
    if (!multiple && most !== null) fault("most", "is for a choice of several: leave it out, or set multiple");
    if (least !== null && least > (most ?? options.length)) fault("least", "is more than can be chosen");
    if (most !== null && most > options.length) fault("most", "is more than there are options");
  });

/** The options that were chosen, by their words. */
export const ChoiceAnswer = z.strictObject({ chosen: z.array(z.string().max(100)).min(1).max(mostOptions) });
export type ChoiceAnswer = z.infer<typeof ChoiceAnswer>;

/** One or several of some options, about the task as a whole. */
export const choice = {
  title: "Which of these fits?",
  settings: ChoiceSettings,
  blank: { options: [], multiple: false, least: null, most: null },
  answer: ChoiceAnswer,
  completions: { least: 0, most: mostAnswers },
} as const satisfies QuestionContract;
