import type { Answer } from "@touchstone/contracts";

/** Names of parts in the messages, under `questions.parts` in full and under `questions.short`. */
export type PartName =
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
  readonly name: PartName;
  /** How thick the streak is at the part's left and right edge, in px either side of its middle; null for the tie's dot. */
  readonly streak: readonly [number, number] | null;
}

/** The parts of one question that one press answers. */
export interface Scale {
  readonly parts: readonly ScalePart[];
  /** Beside the scale and not on it. */
  readonly beside: readonly ScalePart[];
  /** Whether its ends are the two answers. */
  readonly pair: boolean;
}

/** The part that an answer stands for. */
export function partOf({ parts, beside }: Scale, answer: Answer): ScalePart | undefined {
  const said = [...parts, ...beside];
  return said.find((part) => Object.entries(part.answer).every(([field, value]) => answer[field] === value));
}
