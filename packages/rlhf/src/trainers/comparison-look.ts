import type { BradleyTerryObjective } from "@touchstone/contracts";
import { trainBigramBaseline } from "../reward/bigram-baseline.ts";
import { type ComparisonExample, type ComparisonExamples, winTarget } from "../reward/comparison-examples.ts";
import { type ComparisonPrediction, comparisonPredictions } from "../reward/evaluate-comparisons.ts";
import type { FittedLikelihood } from "../reward/preference-likelihood.ts";
import { type HeldOutLook, heldOutLook } from "./held-out-look.ts";
import type { RewardScaffold } from "./reward-scaffold.ts";

/** Looks at held-out comparisons, beside the baselines. */
export type ComparisonLook = HeldOutLook<ComparisonPrediction>;

/**
 * Opened before the first step, and before a checkpoint is read, so that a resumed run finds the same baselines.
 * @throws TrainingError `cancelled`
 */
export async function comparisonLook(
  { scores }: Pick<RewardScaffold, "scores">,
  { train, heldOut, watched }: Pick<ComparisonExamples, "train" | "heldOut" | "watched">,
  fitted: () => FittedLikelihood,
): Promise<ComparisonLook> {
  const bigram = trainBigramBaseline(
    train.map(({ label }) => ({
      a: label.a.text,
      b: label.b.text,
      target: winTarget(label, noise),
      weight: label.weight,
    })),
  );
  const scoresOf = (examples: readonly ComparisonExample[]) => scores(examples.flatMap(({ a, b }) => [a, b]));
  const untrained = await scoresOf(heldOut);
  // Always a beginning of the held-out examples, so that the baseline's places fit.
  return heldOutLook({ heldOut, watched }, async (examples) =>
    comparisonPredictions(examples, await scoresOf(examples), untrained, bigram, fitted()),
  );
}

/** The baseline takes every label at its word. */
const noise: BradleyTerryObjective["labelNoise"] = 0;
