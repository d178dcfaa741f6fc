import type { QuestionRules } from "./question-rules.ts";
import { textFault } from "./written.ts";

/** The ideal answer to the prompt, as somebody wrote it: a text to imitate. */
export const demonstration: QuestionRules<"demonstration"> = {
  fault: (answer, { settings }) => textFault(answer.text, settings),
  forms({ text }, { task: { judgementId, annotator, promptId, prompt, split } }) {
    return [{ kind: "demonstration", judgementId, annotator, promptId, prompt, split, text }];
  },
  agreement: { scale: "nominal", measurements: () => [] },
};
