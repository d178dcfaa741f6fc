import { type Answer, lengthFault, type Question } from "@touchstone/contracts";
import type { SheetParts } from "../question-parts.ts";
import { boundsOf, textOf } from "./bounds.ts";
import { excerpt } from "./excerpt.ts";
import { TextControl } from "./text-control.tsx";
import { TextInFull } from "./text-in-full.tsx";

const whole = (draft: Answer, question: Question): Answer | null => {
  const text = textOf(draft);
  return lengthFault(text, boundsOf(question)) === null ? { text } : null;
};

/** What is answered in words: a text, and an answer that is written to be imitated. */
export const writing: SheetParts = {
  form: "parts",
  place: "page",
  Control: TextControl,
  InFull: TextInFull,
  complete: whole,
  isBegun: (draft) => textOf(draft) !== "",
  inWords: (words, answer) => words("written.said", { text: excerpt(textOf(answer)) }),
};
