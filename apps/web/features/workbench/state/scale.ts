import type { Answer, QuestionKind } from "@touchstone/contracts";

/** Names of answers in the messages, under `workbench.answers`. */
export type AnswerName =
  | "step1"
  | "step2"
  | "step3"
  | "step4"
  | "step5"
  | "step6"
  | "step7"
  | "bothBad"
  | "score1"
  | "score2"
  | "score3"
  | "score4"
  | "score5";

export interface ScalePart {
  readonly key: string;
  readonly answer: Answer;
  readonly name: AnswerName;
  /** How thick the streak is at the part's left and right edge, in px either side of its middle; null for the tie's dot. */
  readonly streak: readonly [number, number] | null;
}

/** Seven steps as shown: 1 the left one much better, 4 a tie, 7 the right one much better. */
export const preferenceScale: readonly ScalePart[] = [
  part(1, "step1", [3, 2.3]),
  part(2, "step2", [2.3, 1.6]),
  part(3, "step3", [1.6, 0.8]),
  part(4, "step4", null),
  part(5, "step5", [0.8, 1.6]),
  part(6, "step6", [1.6, 2.3]),
  part(7, "step7", [2.3, 3]),
];

/** Beside the scale and not on it: a tie with a low absolute signal. */
export const bothBad: ScalePart = { key: "0", answer: { choice: "both-bad" }, name: "bothBad", streak: null };

/** Five scores; the streak grows with them. */
export const ratingScale: readonly ScalePart[] = [
  score(1, "score1", [0.6, 0.6]),
  score(2, "score2", [0.6, 1.2]),
  score(3, "score3", [1.2, 1.8]),
  score(4, "score4", [1.8, 2.4]),
  score(5, "score5", [2.4, 3]),
];

function part(step: number, name: AnswerName, streak: ScalePart["streak"]): ScalePart {
  return { key: String(step), answer: { choice: "graded", step }, name, streak };
}

function score(value: number, name: AnswerName, streak: ScalePart["streak"]): ScalePart {
  return { key: String(value), answer: { choice: "rated", score: value }, name, streak };
}

/** Every part that answers a question of this kind, by key. */
export function partsOf(kind: QuestionKind): readonly ScalePart[] {
  return kind === "preference" ? [...preferenceScale, bothBad] : ratingScale;
}

/** The part that an answer stands for. */
export function partOf(answer: Answer): ScalePart {
  switch (answer.choice) {
    case "both-bad":
      return bothBad;
    case "graded":
      return preferenceScale[answer.step - 1] ?? bothBad;
    case "rated":
      return ratingScale[answer.score - 1] ?? part(answer.score, "score1", null);
  }
}
