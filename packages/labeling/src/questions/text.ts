import type { QuestionRules } from "./question-rules.ts";
import { textFault } from "./written.ts";

/** Something in words, kept as it was written: nothing is learned from it, and no two people say the same. */
export const text: QuestionRules<"text"> = {
  fault(answer, { settings }) {
    if (!settings.multiline && /[\r\n\u2028\u2029]/.test(answer.text)) {
      return { path: ["text"], message: "This question takes a single line." };
    }
    return textFault(answer.text, settings);
  },
  forms: () => [],
  agreement: { scale: "nominal", measurements: () => [] },
};
