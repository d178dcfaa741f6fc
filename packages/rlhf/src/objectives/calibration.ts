import { logSigmoid, sigmoid } from "./logistic.ts";

/** One bin of a reliability diagram. */
export interface CalibrationBin {
  /** Which of the equal bins on [½, 1], from 0. */
  readonly place: number;
  readonly count: number;
  /** Mean predicted probability of what was predicted. */
  readonly confidence: number;
  /** Share in which it was right. */
  readonly accuracy: number;
}

export interface PairwiseCalibration {
  /** Share of comparisons in which the preferred answer scores higher; equal scores count one half. */
  readonly accuracy: number;
  /** Mean −log σ(d), in nats. */
  readonly logLoss: number;
  /**
   * Brier score: mean (σ(d) − 1)², the squared error of the probability given to what was preferred. Half of Brier's own sum over
   * both answers (Brier 1950, eq. 2); 0 is best, and a coin has ¼.
   */
  readonly brier: number;
  /** Expected calibration error: mean |confidence − accuracy| over bins, weighted by count. */
  readonly ece: number;
  readonly bins: readonly CalibrationBin[];
}

/**
 * How far σ(d) can be trusted as a probability (Guo et al. 2017, eq. 3, equal-width bins on [½, 1]). Only for models
 * trained without a margin: with one, σ(d) is no probability.
 * @param differences r_preferred − r_other for each held-out comparison, ties left out
 */
export function pairwiseCalibration(differences: readonly number[], binCount = 10): PairwiseCalibration {
  if (differences.length === 0) throw new RangeError("calibration needs at least one comparison");
  const sums = Array.from({ length: binCount }, (_, place) => ({ place, count: 0, confidence: 0, right: 0 }));
  let right = 0;
  let logLoss = 0;
  let brier = 0;
  for (const d of differences) {
    const hit = hitOf(d);
    const confidence = sigmoid(Math.abs(d));
    const bin = sums[binOf(confidence, binCount)];
    if (bin) {
      bin.count += 1;
      bin.confidence += confidence;
      bin.right += hit;
    }
    right += hit;
    logLoss -= logSigmoid(d);
    brier += sigmoid(-d) ** 2;
  }
  const n = differences.length;
  const bins = sums
    .filter((bin) => bin.count > 0)
    .map(({ place, count, confidence, right: hits }) => ({
      place,
      count,
      confidence: confidence / count,
      accuracy: hits / count,
    }));
  const ece = bins.reduce((sum, bin) => sum + (bin.count / n) * Math.abs(bin.confidence - bin.accuracy), 0);
  return { accuracy: right / n, logLoss: logLoss / n, brier: brier / n, ece, bins };
}

/** 1 where the preferred answer scores higher, ½ for equal scores, else 0. @param difference r_preferred − r_other */
export function hitOf(difference: number): number {
  return (1 + Math.sign(difference)) / 2;
}

/** The equal-width bin on [½, 1] that a confidence falls into; 1 is of the last. */
export function binOf(confidence: number, binCount: number): number {
  return Math.min(binCount - 1, Math.floor((confidence - 0.5) * 2 * binCount));
}
