import type { Answer, LeasedTask, Question } from "@touchstone/contracts";
import { letterOf } from "../../text/letter-of.ts";
import type { SheetParts } from "../question-parts.ts";
import { BestWorstControl } from "./best-worst-control.tsx";
import { ExtremeMark } from "./extreme-mark.tsx";
import { extremesOf } from "./extremes.ts";

function complete(draft: Answer, _: Question, { completions }: LeasedTask): Answer | null {
  const { best, worst } = extremesOf(draft, completions.length);
  return best === null || worst === null || best === worst ? null : { best, worst };
}

const letter = (place: unknown): string => (typeof place === "number" ? letterOf(place) : "–");

export const bestWorst: SheetParts = {
  form: "parts",
  place: "foot",
  Control: BestWorstControl,
  Mark: ExtremeMark,
  complete,
  isBegun: () => true,
  inWords: (words, { best, worst }) => words("bestWorst.said", { best: letter(best), worst: letter(worst) }),
};
