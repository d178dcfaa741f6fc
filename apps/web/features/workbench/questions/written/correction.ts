import type { LeasedTask } from "@touchstone/contracts";
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
  inWords: (words, answer) =>
    answer.choice === "unchanged"
      ? words("correction.right")
      : words("correction.said", { text: excerpt(textOf(answer)) }),
};
