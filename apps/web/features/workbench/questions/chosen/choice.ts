import type { Answer, Question } from "@touchstone/contracts";
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
  inWords: (words, answer) =>
    words("choice.said", { options: (Array.isArray(answer.chosen) ? answer.chosen : []).join(", ") }),
};
