import type { BradleyTerryObjective, ReportCard, RewardSpec } from "@touchstone/contracts";
import { pairsOfComparisons } from "../card/card-pair.ts";
import { controlledPairs, promptControls } from "../card/prompt-controls.ts";
import { reportCard } from "../card/report-card.ts";
import type { Model } from "../model/model-files.ts";
import { trainBigramBaseline } from "../reward/bigram-baseline.ts";
import { type ComparisonExample, type ComparisonExamples, winTarget } from "../reward/comparison-examples.ts";
import { type ComparisonPrediction, comparisonPredictions } from "../reward/evaluate-comparisons.ts";
import type { FittedLikelihood } from "../reward/preference-likelihood.ts";
import { type HeldOutLook, heldOutLook } from "./held-out-look.ts";
import type { RewardScaffold } from "./reward-scaffold.ts";

/** Looks at held-out comparisons, beside the baselines. */
export interface ComparisonLook extends HeldOutLook<ComparisonPrediction> {
  /** @param predictions of all that is held out */
  card(predictions: readonly ComparisonPrediction[]): Promise<ReportCard>;
}

/**
 * Opened before the first step, and before a checkpoint is read, so that a resumed run finds the same baselines.
 * @throws TrainingError `cancelled`
 */
export async function comparisonLook(
  { scores }: Pick<RewardScaffold, "scores">,
  { train, heldOut, watched }: Pick<ComparisonExamples, "train" | "heldOut" | "watched">,
  fitted: () => FittedLikelihood,
  { spec, body }: { readonly spec: RewardSpec; readonly body: Pick<Model, "tokenizer" | "config"> },
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
  const look = heldOutLook({ heldOut, watched }, async (examples: readonly ComparisonExample[]) =>
    comparisonPredictions(examples, await scoresOf(examples), untrained, bigram, fitted()),
  );
  return {
    ...look,
    async card(predictions) {
      const most = controlledPairs(train.length, spec.epochs);
      const encoding = { tokenizer: body.tokenizer, context: body.config.context };
      const { differences, gaps } = await promptControls(heldOut, most, encoding, scores);
      const pairs = pairsOfComparisons(heldOut, predictions, differences);
      const hasMargins = learnsMargins(spec) && train.some(({ label }) => label.margin !== undefined);
      const uncalibrated = hasMargins ? "margins" : null;
      return reportCard({ objective: spec.objective.kind, labels: "comparisons", pairs, uncalibrated, gaps });
    },
  };
}

/** Whether the loss asks for a lead by which σ of the difference is no probability any more. */
function learnsMargins({ objective }: RewardSpec): boolean {
  if (objective.kind === "combined") return true;
  return objective.kind === "bradley-terry" && objective.margins !== false;
}

/** The baseline takes every label at its word. */
const noise: BradleyTerryObjective["labelNoise"] = 0;
