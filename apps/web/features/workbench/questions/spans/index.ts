import { letterOf } from "../../text/letter-of.ts";
import type { SheetParts } from "../question-parts.ts";
import { marksIn, marksOf, wholeMarks } from "./marks.ts";
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
    const places = [...new Set([...marks.spans.map(({ place }) => place), ...marks.clean])];
    return places
      .sort((one, other) => one - other)
      .map((place) => words("spans.said", { name: letterOf(place), count: marksIn(marks, place).length }))
      .join(", ");
  },
};
