import type { Scalar, Tensor1D } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";
import { logSigmoid, sigmoid } from "./logistic.ts";
import { weightedMean } from "./weighted-mean.ts";

/** Stands for ±∞ as the outermost threshold: beyond any score, and still a number that a gradient can pass. */
export const beyondAnyScore = 1e4;

/**
 * Proportional-odds model of an ordered answer (McCullagh 1980, eq. 2.3): P(y ≤ k) = σ(θ_k − η), so that
 * P(y = k) = σ(θ_k − η) − σ(θ_{k−1} − η). Here η = r_a − r_b, plus the pull of what stood first.
 *
 * @param location η
 * @param thresholds θ, ascending; K − 1 of them for K answers
 * @returns the K probabilities, lowest answer first; they sum to 1
 */
export function orderedLogit(location: number, thresholds: readonly number[]): number[] {
  const below = [0, ...thresholds.map((threshold) => sigmoid(threshold - location)), 1];
  return below.slice(1).map((value, index) => value - (below[index] ?? 0));
}

/**
 * log(P(y > 0) / P(y < 0)) of an answer with a middle, such as a tie: what σ must be taken of for a calibrated probability that
 * a wins, given that either does.
 * @param tie the two thresholds around the middle
 */
export function decidedLogOdds(location: number, tie: readonly [number, number]): number {
  return logSigmoid(location - tie[1]) - logSigmoid(tie[0] - location);
}

/**
 * −log P(y) under the ordered logit, weighted mean, in nats. With u = θ_y − η and l = θ_{y−1} − η it is computed as
 * −log σ(u) − log σ(−l) − log(1 − e^{l − u}), which stays exact where the two sigmoids are equal to the last bit.
 *
 * @param location η, (B)
 * @param lower θ_{y−1} of each answer given, `−beyondAnyScore` for the lowest, (B)
 * @param upper θ_y, `beyondAnyScore` for the highest, (B)
 * @param weights (B), all 1 when absent
 */
export function orderedLogitLoss(
  tf: TensorFlow,
  location: Tensor1D,
  lower: Tensor1D,
  upper: Tensor1D,
  weights?: Tensor1D,
): Scalar {
  return tf.tidy(() => {
    const above = tf.softplus(tf.sub<Tensor1D>(location, upper)); // −log σ(u)
    const under = tf.softplus(tf.sub<Tensor1D>(lower, location)); // −log σ(−l)
    const apart = tf.neg<Tensor1D>(tf.log(tf.sub(1, tf.exp(tf.sub(lower, upper)))));
    return weightedMean(tf, tf.addN([above, under, apart]), weights);
  });
}

/**
 * The three positive thresholds of seven symmetric steps, from the logarithms of their gaps: 0 < t₁ < t₂ < t₃ whatever the
 * parameters. Symmetric, because a and b are names: what stood first has a term of its own.
 */
export function symmetricThresholds(logGaps: readonly [number, number, number]): number[] {
  const [t1, t2, t3] = [
    Math.exp(logGaps[0]),
    Math.exp(logGaps[0]) + Math.exp(logGaps[1]),
    Math.exp(logGaps[0]) + Math.exp(logGaps[1]) + Math.exp(logGaps[2]),
  ];
  return [-t3, -t2, -t1, t1, t2, t3];
}

/**
 * Log gaps under which answers at η = 0 fall as often into each step's size as was counted: where fitting begins. Each size is
 * given half an answer more, so that one that never occurred has a place.
 * @param counts answers with |y| = 0, 1, 2, 3
 */
export function gapsFromCounts(counts: readonly [number, number, number, number]): [number, number, number] {
  const total = counts.reduce((sum, count) => sum + count + 0.5, 0);
  let below = 0.5; // P(y ≤ 0 − ½ of the tie)
  const thresholds = [0, 1, 2].map((size) => {
    below += ((counts[size] ?? 0) + 0.5) / total / 2;
    return Math.log(below / (1 - below));
  });
  const [t1 = 0, t2 = 0, t3 = 0] = thresholds;
  return [Math.log(t1), Math.log(t2 - t1), Math.log(t3 - t2)];
}
