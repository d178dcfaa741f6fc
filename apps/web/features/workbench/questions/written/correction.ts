import type { LeasedTask } from "@touchstone/contracts";
import { letterOf } from "../../text/letter-of.ts";
import type { SheetParts } from "../question-parts.ts";
import { textOf } from "./bounds.ts";
import { CorrectionBody } from "./correction-body.tsx";
import { CorrectionControl } from "./correction-control.tsx";
import { correctionOf, wholeCorrection } from "./correction-draft.ts";
import { CorrectionInFull } from "./correction-in-full.tsx";
import { excerpt } from "./excerpt.ts";

const originalsOf = ({ completions }: LeasedTask) => completions.map(({ text }) => text);

export const correction: SheetParts = {
  form: "parts",
  place: "foot",
  Control: CorrectionControl,
  Body: CorrectionBody,
  InFull: CorrectionInFull,
  complete: (draft, _, task) => wholeCorrection(correctionOf(draft), originalsOf(task)),
  isBegun(draft, task) {
    const { choice, place, texts } = correctionOf(draft);
    return choice === "edited" && place !== null && texts[place] !== task.completions[place]?.text;
  },
  inWords(words, answer) {
    const name = letterOf(typeof answer.place === "number" ? answer.place : 0);
    if (answer.choice === "unchanged") return words("correction.rightSaid", { name });
    return words("correction.said", { name, text: excerpt(textOf(answer)) });
  },
};
