import { type Answer, isOnGrid, type LeasedTask, type Question } from "@touchstone/contracts";
import { letterOf } from "../../text/letter-of.ts";
import type { SheetParts } from "../question-parts.ts";
import { NumberControl } from "./number-control.tsx";
import { gridOf, valuesOf } from "./number-values.ts";

function complete(draft: Answer, question: Question, { completions }: LeasedTask): Answer | null {
  const grid = gridOf(question);
  const values = valuesOf(draft, completions.length);
  return values.every((value) => value !== null && isOnGrid(value, grid)) ? { values } : null;
}

export const number: SheetParts = {
  form: "parts",
  place: "page",
  Control: NumberControl,
  complete,
  isBegun: () => true,
  inWords: (words, answer) =>
    words("number.said", {
      numbers: valuesOf(answer, Array.isArray(answer.values) ? answer.values.length : 0)
        .map((value, place, all) => (all.length === 1 ? String(value ?? "–") : `${letterOf(place)} ${value ?? "–"}`))
        .join(", "),
    }),
};
