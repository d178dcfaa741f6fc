import { isOnGrid, type NumberAnswer } from "@touchstone/contracts";
import type { AnswerFault, Asked, Measurement, QuestionRules } from "./question-rules.ts";

/** A number for each answer. Nothing is learned from it: whether more is better, nobody has said. */
export const number: QuestionRules<"number"> = {
  fault,
  forms: () => [],
  agreement: { scale: "interval", measurements },
};

function fault({ values }: NumberAnswer, { settings, task }: Asked<"number">): AnswerFault | null {
  const count = task.completions.length;
  const { min, max, step } = settings;
  if (values.length !== count) {
    return { path: ["values"], message: `Give ${count} numbers, one for each answer in the order shown.` };
  }
  const place = values.findIndex((value) => !isOnGrid(value, settings));
  if (place < 0) return null;
  return { path: ["values", place], message: `Give a number from ${min} to ${max} in steps of ${step} from ${min}.` };
}

function measurements({ values }: NumberAnswer, { task }: Asked<"number">): Measurement[] {
  return task.completions.flatMap((_, canonical) => {
    const value = values[task.shownOrder.indexOf(canonical)];
    return value === undefined ? [] : [{ unit: String(canonical), value }];
  });
}
