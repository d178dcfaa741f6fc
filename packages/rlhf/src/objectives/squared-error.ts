import type { Scalar, Tensor1D } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";
import { weightedMean } from "./weighted-mean.ts";

/**
 * Weighted mean of (r̂ − y)²: regression of a score on people's 1–5 ratings.
 * @param predicted model's scores, (B), on the same scale as `target`
 * @param target ratings, (B)
 * @param weights (B), all 1 when absent
 */
export function squaredErrorLoss(tf: TensorFlow, predicted: Tensor1D, target: Tensor1D, weights?: Tensor1D): Scalar {
  return tf.tidy(() => weightedMean(tf, tf.squaredDifference<Tensor1D>(predicted, target), weights));
}
