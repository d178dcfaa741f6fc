import type { Scalar, Tensor1D } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";
import { weightedMean } from "./weighted-mean.ts";

/**
 * Bradley–Terry with a probability as its label: −p log σ(d) − (1 − p) log σ(−d), d = r_a − r_b. With p = 1 it is the plain
 * loss, with 1 − ε cDPO's (Mitchell 2023, eq. 3), and a tie is p = ½, half a win for each side.
 *
 * @param a scores, (B)
 * @param b scores, (B)
 * @param target probability p that a is the better one, (B)
 * @param weights (B), all 1 when absent
 * @returns weighted mean, in nats
 */
export function softPreferenceLoss(
  tf: TensorFlow,
  a: Tensor1D,
  b: Tensor1D,
  target: Tensor1D,
  weights?: Tensor1D,
): Scalar {
  return tf.tidy(() => {
    const d = tf.sub<Tensor1D>(a, b);
    // −log σ(−d) = softplus(d) and −log σ(d) = softplus(d) − d, so the mixture is softplus(d) − p·d.
    return weightedMean(tf, tf.sub<Tensor1D>(tf.softplus(d), tf.mul(target, d)), weights);
  });
}

/**
 * Absolute signal of "both bad": −log σ(−r) for each of the two answers, which says that they lie below the origin that
 * centring pins. Averaged over the whole batch, so that a batch with few such pairs pulls little.
 *
 * @param bothBad 1 for such a pair, else 0, (B)
 */
export function bothBadLoss(tf: TensorFlow, a: Tensor1D, b: Tensor1D, bothBad: Tensor1D): Scalar {
  return tf.tidy(() => tf.mean<Scalar>(tf.mul(bothBad, tf.add(tf.softplus(a), tf.softplus(b)))));
}
