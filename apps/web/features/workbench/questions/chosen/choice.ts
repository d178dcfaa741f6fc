import type { Answer, Question } from "@touchstone/contracts";
import { labelOf } from "../label-of.ts";
import type { SheetParts } from "../question-parts.ts";
import { ChoiceControl } from "./choice-control.tsx";
import { chosenOf, optionsOf } from "./chosen-options.ts";

function complete(draft: Answer, question: Question): Answer | null {
  const { options, least, most } = optionsOf(question);
  const chosen = chosenOf(draft, options);
  return chosen.length >= least && chosen.length <= most ? { chosen } : null;
}

export const choice: SheetParts = {
  form: "parts",
  place: "page",
  Control: ChoiceControl,
  complete,
  isBegun: () => true,
  inWords: (words, answer, question) => {
    const chosen = Array.isArray(answer.chosen) ? answer.chosen : [];
    return words("choice.said", { options: chosen.map((option) => labelOf(question, String(option))).join(", ") });
  },
};
