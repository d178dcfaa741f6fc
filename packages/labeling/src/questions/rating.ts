import { originOf, readable } from "../judged-task.ts";
import type { QuestionRules } from "./question-rules.ts";

/** A score of one answer as a whole, 1 to 5. */
export const rating: QuestionRules<"rating"> = {
  fault: () => null,
  forms({ score }, { task }) {
    const [completion, ...more] = readable(task);
    if (completion === undefined || more.length > 0) throw new RangeError("a rating is of one completion");
    return [{ kind: "rating", ...originOf(task), completion, score }];
  },
  agreement: { scale: "interval", measurements: ({ score }) => [{ unit: "", value: score }] },
};
