import { type PreferenceAnswer, type PreferenceSettings, preferenceSteps } from "@touchstone/contracts";
import { originOf, readable } from "../judged-task.ts";
import { outcomeOf, shownFirst } from "../outcome.ts";
import type { AnswerFault, QuestionRules } from "./question-rules.ts";

/**
 * A comparison of two answers. Its outcome is 4 − step for what stood first, turned to the canonical order; a tie and
 * "both bad" have outcome 0, the latter with a low absolute signal for regression.
 */
export const preference: QuestionRules<"preference"> = {
  fault: (answer, { settings }) => stepFault(answer, settings),
  forms(answer, { task }) {
    const [a, b, ...more] = readable(task);
    if (a === undefined || b === undefined || more.length > 0) {
      throw new RangeError("a comparison is of two completions");
    }
    return [
      {
        kind: "comparison",
        ...originOf(task),
        a,
        b,
        outcome: outcomeOf(answer, task.shownOrder),
        bothBad: answer.choice === "both-bad",
        first: shownFirst(task.shownOrder),
      },
    ];
  },
  orders: true,
  agreement: {
    scale: "ordinal",
    measurements: (answer, { task }) => [{ unit: "", value: outcomeOf(answer, task.shownOrder) }],
  },
};

function stepFault(answer: PreferenceAnswer, { steps, bothBad }: PreferenceSettings): AnswerFault | null {
  if (answer.choice === "both-bad") {
    return bothBad ? null : { path: ["choice"], message: "This question has no “both bad”: choose a step." };
  }
  const allowed: readonly number[] = preferenceSteps[steps];
  if (allowed.includes(answer.step)) return null;
  return { path: ["step"], message: `This question has the steps ${allowed.join(", ")}.` };
}
