import type { Answer, LeasedTask, Question } from "@touchstone/contracts";
import { letterOf } from "../../text/letter-of.ts";
import { labelOf } from "../label-of.ts";
import type { SheetParts } from "../question-parts.ts";
import { aspectsOf, nextEmpty, scoresOf, stepsOf } from "./aspect-cells.ts";
import { AspectsControl } from "./aspects-control.tsx";

function complete(draft: Answer, question: Question, { completions }: LeasedTask): Answer | null {
  const count = completions.length;
  if (nextEmpty(question, draft, count) !== null) return null;
  const ratings = aspectsOf(question).map((aspect) => [aspect, scoresOf(draft, aspect, count)] as const);
  const most = stepsOf(question);
  return ratings.every(([, scores]) => scores.every((score) => score !== null && score >= 1 && score <= most))
    ? { ratings: Object.fromEntries(ratings) }
    : null;
}

export const aspects: SheetParts = {
  form: "parts",
  place: "page",
  Control: AspectsControl,
  complete,
  isBegun: () => true,
  inWords: (words, answer, question) =>
    aspectsOf(question)
      .map((aspect) => {
        const scores = scoresOf(answer, aspect, shownIn(answer)).map(
          (score, place) => `${letterOf(place)} ${score ?? "–"}`,
        );
        return words("aspects.said", { aspect: labelOf(question, aspect), scores: scores.join(", ") });
      })
      .join("; "),
};

/** How many answers an answer is about. */
function shownIn({ ratings }: Answer): number {
  if (typeof ratings !== "object" || ratings === null) return 0;
  return Math.max(0, ...Object.values(ratings).map((scores) => (Array.isArray(scores) ? scores.length : 0)));
}
