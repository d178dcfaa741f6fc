import type { Scalar, Tensor1D } from "@tensorflow/tfjs";
import { logSigmoid, sigmoid } from "./logistic.ts";
import type { TensorFlow } from "./tensorflow.ts";

/**
 * Margins of Llama 2's "small" schedule (Touvron et al. 2023, table 27) by strength of preference:
 * 3 much better, 2 better, 1 slightly better, 0 a tie.
 */
export function preferenceMargin(strength: number): number {
  return Math.min(Math.abs(strength), 3) / 3;
}

/**
 * Bradley–Terry negative log-likelihood of one comparison, −log σ(d − m), with d = r_w − r_l
 * (Ouyang et al. 2022, eq. 1; margin m: Touvron et al. 2023, eq. 2). In nats.
 */
export function bradleyTerry(difference: number, margin = 0): number {
  return -logSigmoid(difference - margin);
}

/** dL/dr_w = −σ(m − d); dL/dr_l is its negative. */
export function bradleyTerryGradient(difference: number, margin = 0): number {
  return -sigmoid(margin - difference);
}

/** All vectors have one entry a comparison, (B). */
export interface BradleyTerryOptions {
  /** Subtracted from r_w − r_l; ignored where the comparison is a tie. */
  readonly margin?: Tensor1D | undefined;
  /** Weight of each comparison; all 1 when absent. The loss is the weighted mean. */
  readonly weights?: Tensor1D | undefined;
  /** 1 where the annotator saw no difference: half a win for each side, so that the scores are drawn together. */
  readonly tieMask?: Tensor1D | undefined;
}

/**
 * Weighted mean of the Bradley–Terry loss over a batch.
 * @param chosen scores r_w, (B)
 * @param rejected scores r_l, (B)
 * @returns a scalar, in nats a comparison
 */
export function bradleyTerryLoss(
  tf: TensorFlow,
  chosen: Tensor1D,
  rejected: Tensor1D,
  options: BradleyTerryOptions = {},
): Scalar {
  return tf.tidy(() => {
    const { margin, weights, tieMask } = options;
    const difference = tf.sub<Tensor1D>(chosen, rejected); // (B)
    const win = tf.softplus<Tensor1D>(tf.neg(margin ? tf.sub(difference, margin) : difference)); // −log σ(d − m), (B)
    const loss = tieMask
      ? tf.add<Tensor1D>(
          tf.mul(win, tf.sub(1, tieMask)),
          tf.mul(tf.mul(tieMask, 0.5), tf.add(tf.softplus(difference), tf.softplus(tf.neg(difference)))),
        )
      : win;
    return weightedMean(tf, loss, weights);
  });
}

/** Σ w·x / Σ w over (B); the plain mean without weights. Weights that sum to nothing give 0, not NaN. */
export function weightedMean(tf: TensorFlow, values: Tensor1D, weights?: Tensor1D): Scalar {
  if (!weights) return tf.mean<Scalar>(values);
  return tf.div<Scalar>(tf.sum(tf.mul(values, weights)), tf.maximum(tf.sum(weights), 1e-8));
}
