import { logSigmoid, sigmoid } from "./logistic.ts";

/** One bin of a reliability diagram. */
export interface CalibrationBin {
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
  const sums = Array.from({ length: binCount }, () => ({ count: 0, confidence: 0, right: 0 }));
  let right = 0;
  let logLoss = 0;
  for (const d of differences) {
    const hit = (1 + Math.sign(d)) / 2; // 1 where the preferred answer scores higher, ½ for equal scores, else 0
    const confidence = sigmoid(Math.abs(d));
    const bin = sums[Math.min(binCount - 1, Math.floor((confidence - 0.5) * 2 * binCount))];
    if (bin) {
      bin.count += 1;
      bin.confidence += confidence;
      bin.right += hit;
    }
    right += hit;
    logLoss -= logSigmoid(d);
  }
  const n = differences.length;
  const bins = sums
    .filter((bin) => bin.count > 0)
    .map(({ count, confidence, right: hits }) => ({ count, confidence: confidence / count, accuracy: hits / count }));
  const ece = bins.reduce((sum, bin) => sum + (bin.count / n) * Math.abs(bin.confidence - bin.accuracy), 0);
  return { accuracy: right / n, logLoss: logLoss / n, ece, bins };
}
