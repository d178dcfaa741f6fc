import type { BradleyTerryObjective, ReportCard, RewardSpec } from "@touchstone/contracts";
import { pairsOfComparisons } from "../card/card-pair.ts";
import { controlledPairs, type PairToScore, promptControls } from "../card/prompt-controls.ts";
import { reportCard } from "../card/report-card.ts";
import type { Model } from "../model/model-files.ts";
import { trainBigramBaseline } from "../reward/bigram-baseline.ts";
import { type ComparisonExample, type ComparisonExamples, winTarget } from "../reward/comparison-examples.ts";
import { type ComparisonPrediction, comparisonPredictions } from "../reward/evaluate-comparisons.ts";
import { encodeJudged } from "../reward/labelled-answers.ts";
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
  const underOtherPrompts = async (pairs: readonly PairToScore[]) => {
    const { tokenizer, config } = body;
    const encoded = pairs.map(({ prompt, a, b }) =>
      [a, b].flatMap((text) => encodeJudged(tokenizer, prompt, text, config.context) ?? []),
    );
    const fitting = encoded.filter(({ length }) => length === 2);
    const rewards = await scores(fitting.flat());
    let next = 0;
    return encoded.map(({ length }) => {
      if (length < 2) return undefined;
      const [a = Number.NaN, b = Number.NaN] = [rewards[next], rewards[next + 1]];
      next += 2;
      return a - b;
    });
  };
  return {
    ...look,
    async card(predictions) {
      const labels = heldOut.map(({ label }) => label);
      const most = controlledPairs(train.length, spec.epochs);
      const { differences, gaps } = await promptControls(labels, most, underOtherPrompts);
      const pairs = pairsOfComparisons(labels, predictions, differences);
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
