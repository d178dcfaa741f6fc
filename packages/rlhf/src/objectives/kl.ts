import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";

/** KL(p‖q) = Σ p log(p/q) of two categorical distributions, in nats; terms with p = 0 count nothing. */
export function klDivergence(p: readonly number[], q: readonly number[]): number {
  return p.reduce((sum, pi, i) => sum + (pi > 0 ? pi * Math.log(pi / (q[i] ?? 0)) : 0), 0);
}

/**
 * Schulman's estimators (Schulman 2020, "Approximating KL divergence") of KL(π‖ref) from a sample x ~ π, given
 * log π(x) − log ref(x):
 * - k1 unbiased, may be negative for a sample;
 * - k2 biased, never negative, low variance;
 * - k3 unbiased and never negative.
 *
 * As *values* (a reward's penalty, a plot) k1 and k3 are unbiased. As a *differentiated on-policy loss* they are a
 * trap: k1 has zero expected gradient, k2 has the gradient of the reverse KL, k3 that of the forward KL. Trainers
 * here put k1 inside the reward.
 */
export const klEstimators = {
  k1: (logRatio: number) => logRatio,
  k2: (logRatio: number) => logRatio ** 2 / 2,
  k3: (logRatio: number) => Math.expm1(-logRatio) + logRatio,
} as const;
export type KlEstimator = keyof typeof klEstimators;

/** The same elementwise over tensors of log-probabilities of the sampled tokens, any equal shape. */
export function klEstimate<T extends Tensor>(tf: TensorFlow, kind: KlEstimator, logPi: T, logRef: T): T {
  return tf.tidy(() => {
    const logRatio = tf.sub<T>(logPi, logRef);
    if (kind === "k1") return logRatio;
    if (kind === "k2") return tf.mul<T>(tf.square(logRatio), 0.5);
    return tf.add<T>(tf.expm1(tf.neg(logRatio)), logRatio);
  });
}
