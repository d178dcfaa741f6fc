import { letterOf } from "../../text/letter-of.ts";
import type { AnswerWords, SheetParts } from "../question-parts.ts";
import { type Mark, marksIn, marksOf, wholeMarks } from "./marks.ts";
import { SpansBody } from "./spans-body.tsx";
import { SpansControl } from "./spans-control.tsx";
import { SpansInFull } from "./spans-in-full.tsx";

export const spans: SheetParts = {
  form: "parts",
  place: "foot",
  Control: SpansControl,
  Body: SpansBody,
  InFull: SpansInFull,
  complete: (draft, question, task) => wholeMarks(marksOf(draft), question, task),
  isBegun: () => true,
  inWords(words, answer) {
    const marks = marksOf(answer);
    const marked = [...new Set(marks.spans.map(({ place }) => place))].sort((one, other) => one - other);
    const said = marked.map((place) => saidOf(words, letterOf(place), marksIn(marks, place)));
    const clean = marks.clean.map(letterOf).join(", ");
    return [...said, ...(clean === "" ? [] : [words("spans.saidClean", { name: clean })])].join("; ");
  },
};

/** So many marks of one answer are told in a line; of more only the number. */
const mostTold = 3;

function saidOf(words: AnswerWords, name: string, marks: readonly Mark[]): string {
  if (marks.length > mostTold) return words("spans.saidCount", { name, count: marks.length });
  const told = marks.map(({ category, severity }) => words("spans.saidMark", { category, severity }));
  return words("spans.said", { name, marks: told.join(", ") });
}
