import type { Scalar, Tensor1D } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";
import { sigmoid } from "./logistic.ts";
import { softPreferenceLoss } from "./soft-preference.ts";
import { weightedMean } from "./weighted-mean.ts";

/** Argument of DPO's −log σ(·): β(log-ratio of the chosen − log-ratio of the rejected) (Rafailov et al. 2023, eq. 7). */
export function dpoLogit(chosenLogRatio: number, rejectedLogRatio: number, beta: number): number {
  return beta * (chosenLogRatio - rejectedLogRatio);
}

/** IPO (Azar et al. 2023, eq. 17): (h − 1/(2τ))², h the difference of log-ratios. */
export function ipoLoss(difference: number, tau: number): number {
  return (difference - 1 / (2 * tau)) ** 2;
}

/**
 * KTO (Ethayarajh et al. 2024, eq. 8): 1 − σ(β(logratio − z)) for a desirable answer, 1 − σ(β(z − logratio)) for an
 * undesirable one, z an estimate of KL(π‖ref) that is not differentiated.
 */
export function ktoLoss(logRatio: number, desirable: boolean, z: number, beta: number): number {
  const gain = beta * (logRatio - z);
  return 1 - sigmoid(desirable ? gain : -gain);
}

/**
 * DPO over a batch: the policy's own log-ratios, times β, are the scores of Bradley–Terry (Rafailov et al. 2023, eq. 7).
 *
 * @param a Σ log π − log ref of each pair's first answer, (B)
 * @param b the same of its second, (B)
 * @param target probability that a is the better one, (B): ½ for a tie, 1 − ε for cDPO
 * @param weights (B)
 */
export function dpoBatchLoss(
  tf: TensorFlow,
  a: Tensor1D,
  b: Tensor1D,
  target: Tensor1D,
  weights: Tensor1D,
  beta: number,
): Scalar {
  return tf.tidy(() => softPreferenceLoss(tf, tf.mul(a, beta), tf.mul(b, beta), target, weights));
}

/**
 * IPO over a batch. Ties say nothing of a margin and are left out.
 *
 * @param a mean over its tokens of log π − log ref of each pair's first answer, (B)
 * @param b the same of its second, (B)
 * @param sign 1 where a won, −1 where b did, 0 for a tie, (B)
 * @param weights (B)
 */
export function ipoBatchLoss(
  tf: TensorFlow,
  a: Tensor1D,
  b: Tensor1D,
  sign: Tensor1D,
  weights: Tensor1D,
  tau: number,
): Scalar {
  return tf.tidy(() => {
    const short = tf.sub<Tensor1D>(tf.mul(tf.sub(a, b), sign), 1 / (2 * tau));
    return weightedMean(tf, tf.square<Tensor1D>(short), tf.mul<Tensor1D>(weights, tf.abs(sign)));
  });
}

/**
 * KTO over a batch of single answers.
 *
 * @param logRatios Σ log π − log ref of each answer, (B)
 * @param desirable 1 for an answer that is wanted, −1 for one that is not, (B)
 * @param weights λ of each, 0 leaves it out, (B)
 * @param z estimate of KL(π‖ref), a constant
 */
export function ktoBatchLoss(
  tf: TensorFlow,
  logRatios: Tensor1D,
  desirable: Tensor1D,
  weights: Tensor1D,
  z: number,
  beta: number,
): Scalar {
  return tf.tidy(() => {
    const gain = tf.mul<Tensor1D>(tf.mul(tf.sub(logRatios, z), beta), desirable);
    return weightedMean(tf, tf.sub<Tensor1D>(1, tf.sigmoid<Tensor1D>(gain)), weights);
  });
}
