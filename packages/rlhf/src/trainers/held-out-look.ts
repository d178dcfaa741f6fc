import type { HeldOut } from "../reward/held-out.ts";

/** Held-out labels that are looked at during training; the final figures are over all of them. */
export const glanceAt = 256;

/** Looks at what is held out. */
export interface HeldOutLook<Prediction> {
  /** During the run: at some of the validation split. */
  glance(): Promise<Prediction[]>;
  /** At its end: at everything held out, the test split included. */
  all(): Promise<Prediction[]>;
}

/** @param predict for a beginning of the held-out examples */
export function heldOutLook<Example, Prediction>(
  { heldOut, watched }: HeldOut<Example>,
  predict: (examples: readonly Example[]) => Promise<Prediction[]>,
): HeldOutLook<Prediction> {
  return {
    glance: () => predict(heldOut.slice(0, Math.min(watched, glanceAt))),
    all: () => predict(heldOut),
  };
}
