import { meanOf } from "../arithmetic.ts";
import { pairwiseCalibration } from "../objectives/calibration.ts";
import type { Metrics } from "../training/request.ts";
import { clusteredMean, clusteredShare } from "./clustered-interval.ts";
import type { ComparisonExample } from "./comparison-examples.ts";
import type { FittedLikelihood } from "./preference-likelihood.ts";

/** What was predicted for one held-out comparison; positive differences favour a. */
export interface ComparisonPrediction {
  readonly judgementId: string;
  readonly promptId: string;
  readonly outcome: number;
  readonly model: number;
  /** The same reward model before its first label: what its language model knew already. */
  readonly untrained: number;
  /** Characters of a minus characters of b. */
  readonly longer: number;
  readonly bigram: number;
  /** log(P(a) / P(b)) by the objective's likelihood, where that is not `model` itself. */
  readonly logOdds?: number;
  /** −log P(the answer given), ties and strengths included, in nats; where the likelihood has one for each answer. */
  readonly surprise?: number;
}

const baselines = ["untrained", "longer", "bigram"] as const;
type Baseline = (typeof baselines)[number];

/**
 * Held-out figures of a reward model and, on the same pairs, of the baselines it has to beat. Ties are left out: there is no
 * right answer. Intervals are clustered by prompt.
 */
export function comparisonFigures(predictions: readonly ComparisonPrediction[]): Metrics {
  const decided = predictions.filter(({ outcome }) => outcome !== 0);
  if (decided.length === 0) return {};
  const right = (difference: number, outcome: number) => {
    if (difference === 0) return 0.5;
    return Math.sign(difference) === Math.sign(outcome) ? 1 : 0;
  };
  const accuracy = (scorer: "model" | Baseline, rows = decided) =>
    clusteredShare(rows.map((row) => ({ cluster: row.promptId, value: right(row[scorer], row.outcome) })));
  const calibrationOf = (logOdds: (row: ComparisonPrediction) => number) =>
    pairwiseCalibration(decided.map((row) => logOdds(row) * Math.sign(row.outcome)));
  const calibration = calibrationOf((row) => row.logOdds ?? row.model);
  const model = accuracy("model");
  const lead = (scorer: Baseline) =>
    clusteredMean(
      decided.map((row) => ({
        cluster: row.promptId,
        value: right(row.model, row.outcome) - right(row[scorer], row.outcome),
      })),
      [-1, 1],
    );
  const figures: Record<string, number> = {
    "heldout.comparisons": decided.length,
    "heldout.accuracy": model.mean,
    "heldout.accuracy.low": model.low,
    "heldout.accuracy.high": model.high,
    "heldout.logLoss": calibration.logLoss,
    "heldout.brier": calibration.brier,
    "heldout.ece": calibration.ece,
    "heldout.lengthCorrelation": correlation(
      decided.map((row) => row.model),
      decided.map((row) => row.longer),
    ),
  };
  if (decided.some(({ logOdds }) => logOdds !== undefined)) {
    // What the plain σ(d) would have been worth on the same pairs.
    figures["heldout.ece.sigmoid"] = calibrationOf((row) => row.model).ece;
  }
  const surprises = predictions.flatMap(({ surprise }) => surprise ?? []);
  if (surprises.length > 0) figures["heldout.nll"] = meanOf(surprises);
  for (const scorer of baselines) {
    const ahead = lead(scorer);
    figures[`baseline.${scorer}.accuracy`] = accuracy(scorer).mean;
    figures[`heldout.lead.${scorer}`] = ahead.mean;
    figures[`heldout.lead.${scorer}.low`] = ahead.low;
    figures[`heldout.lead.${scorer}.high`] = ahead.high;
  }
  for (const strength of [1, 2, 3]) {
    const rows = decided.filter(({ outcome }) => Math.abs(outcome) === strength);
    if (rows.length > 0) figures[`heldout.accuracy.strength${strength}`] = accuracy("model", rows).mean;
  }
  // One prompt alone has no interval; JSON has no infinity.
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => Number.isFinite(value)));
}

/** Joins held-out comparisons with the scores of their answers, trained and untrained, two a comparison, a first. */
export function comparisonPredictions(
  examples: readonly ComparisonExample[],
  scores: readonly number[],
  untrained: readonly number[],
  bigram: (text: string) => number,
  likelihood: FittedLikelihood,
): ComparisonPrediction[] {
  const difference = (of: readonly number[], index: number) => (of[2 * index] ?? 0) - (of[2 * index + 1] ?? 0);
  return examples.map(({ label }, index) => {
    const model = difference(scores, index);
    const logOdds = likelihood.logOdds(label, model);
    const surprise = likelihood.surprise?.(label, model);
    return {
      judgementId: label.judgementId,
      promptId: label.promptId,
      outcome: label.outcome,
      model,
      untrained: difference(untrained, index),
      longer: label.a.text.length - label.b.text.length,
      bigram: bigram(label.a.text) - bigram(label.b.text),
      ...(logOdds === model ? {} : { logOdds }),
      ...(surprise === undefined ? {} : { surprise }),
    };
  });
}

/** Pearson's r; 0 if one of the two never varies. */
export function correlation(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (const [i, value] of x.entries()) {
    const [dx, dy] = [value - meanX, (y[i] ?? 0) - meanY];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy);
}
