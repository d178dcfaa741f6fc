import type { Scalar, Tensor1D } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";

/** Σ w·x / Σ w over (B); the plain mean without weights. Weights that sum to nothing give 0, not NaN. */
export function weightedMean(tf: TensorFlow, values: Tensor1D, weights?: Tensor1D): Scalar {
  if (!weights) return tf.mean<Scalar>(values);
  return tf.div<Scalar>(tf.sum(tf.mul(values, weights)), tf.maximum(tf.sum(weights), 1e-8));
}
