import type { ScaleParts } from "./question-parts.ts";
import { partOf, type Scale, type ScalePart } from "./scale.ts";

/** Five scores; the streak grows with them. */
const scores: Scale = {
  parts: [
    score(1, "score1", [0.6, 0.6]),
    score(2, "score2", [0.6, 1.2]),
    score(3, "score3", [1.2, 1.8]),
    score(4, "score4", [1.8, 2.4]),
    score(5, "score5", [2.4, 3]),
  ],
  beside: [],
  pair: false,
};

function score(value: number, name: ScalePart["name"], streak: ScalePart["streak"]): ScalePart {
  return { key: String(value), answer: { choice: "rated", score: value }, name, streak };
}

export const rating: ScaleParts = {
  form: "scale",
  scale: () => scores,
  inWords: (words, answer) => words(`parts.${partOf(scores, answer)?.name ?? "score1"}`),
};
