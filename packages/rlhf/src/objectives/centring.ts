import type { Scalar, Tensor1D } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";

/** Usual coefficient of the centring term. */
const centringCoefficient = 0.01;

/**
 * Auxiliary term c · mean((r_w + r_l)²) (Eisenstein et al. 2023, eq. 2). Bradley–Terry leaves the level of
 * the scores free for each prompt; this pins it near zero without changing which answer wins.
 */
export function centring(chosen: number, rejected: number, coefficient = centringCoefficient): number {
  return coefficient * (chosen + rejected) ** 2;
}

/** The same over a batch of scores (B); a scalar. */
export function centringLoss(
  tf: TensorFlow,
  chosen: Tensor1D,
  rejected: Tensor1D,
  coefficient = centringCoefficient,
): Scalar {
  return tf.tidy(() => tf.mul<Scalar>(tf.mean(tf.square(tf.add(chosen, rejected))), coefficient));
}
