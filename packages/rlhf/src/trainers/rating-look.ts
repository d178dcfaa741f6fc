import type { ReportCard } from "@touchstone/contracts";
import { pairsOfRatings } from "../card/card-pair.ts";
import { reportCard } from "../card/report-card.ts";
import { type RatingPrediction, ratingPredictions } from "../reward/evaluate-ratings.ts";
import type { RatingExample, RatingExamples } from "../reward/rating-examples.ts";
import { type HeldOutLook, heldOutLook } from "./held-out-look.ts";

/** Looks at held-out ratings, beside the baselines. */
export interface RatingLook extends HeldOutLook<RatingPrediction> {
  /** @param predictions of all that is held out */
  card(objective: string, predictions: readonly RatingPrediction[]): ReportCard;
}

/**
 * Opened before the first step, and before a checkpoint is read, so that a resumed run finds the same baselines.
 * @param qualities what the model as it is now gives answers, on the 1–5 scale
 * @throws TrainingError `cancelled`
 */
export async function ratingLook(
  { train, heldOut, watched, effects }: Pick<RatingExamples, "train" | "heldOut" | "watched" | "effects">,
  qualities: (at: readonly RatingExample[]) => Promise<number[]>,
): Promise<RatingLook> {
  const untrained = await qualities(heldOut);
  // Always a beginning of the held-out examples, so that the baseline's places fit.
  const look = heldOutLook({ heldOut, watched }, async (examples: readonly RatingExample[]) =>
    ratingPredictions(examples, await qualities(examples), untrained, train, effects),
  );
  return {
    ...look,
    card: (objective, predictions) =>
      reportCard({
        ...{ objective, labels: "ratings", uncalibrated: "ratings" },
        pairs: pairsOfRatings(
          heldOut.map(({ label }) => label),
          predictions,
        ),
        gaps: { shuffled: null, empty: null },
      }),
  };
}
