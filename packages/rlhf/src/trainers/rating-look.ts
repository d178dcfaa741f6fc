import { type RatingPrediction, ratingPredictions } from "../reward/evaluate-ratings.ts";
import type { RatingExample, RatingExamples } from "../reward/rating-examples.ts";

/** Looks at the first `count` held-out ratings, beside the baselines; all of them without it. */
export type RatingLook = (count?: number) => Promise<RatingPrediction[]>;

/**
 * Opened before the first step, and before a checkpoint is read, so that a resumed run finds the same baselines.
 * @param qualities what the model as it is now gives answers, on the 1–5 scale
 * @throws TrainingError `cancelled`
 */
export async function ratingLook(
  { train, heldOut, effects }: Pick<RatingExamples, "train" | "heldOut" | "effects">,
  qualities: (at: readonly RatingExample[]) => Promise<number[]>,
): Promise<RatingLook> {
  const untrained = await qualities(heldOut);
  return async (count = heldOut.length) => {
    // Always a prefix of the held-out examples, so that the baseline's places fit.
    const examples = heldOut.slice(0, count);
    return ratingPredictions(examples, await qualities(examples), untrained, train, effects);
  };
}
