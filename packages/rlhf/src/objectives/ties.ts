import type { Scalar, Tensor1D } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";
import { beyondAnyScore, orderedLogitLoss } from "./ordered-logit.ts";
import { weightedMean } from "./weighted-mean.ts";

/** Probabilities of the three outcomes of a comparison; they sum to 1. */
export interface OutcomeProbabilities {
  readonly win: number;
  readonly tie: number;
  readonly loss: number;
}

/**
 * Davidson (1970): tie = ν√(ab) / (a + b + ν√(ab)), a = e^{r1}, b = e^{r2}.
 * @param difference r1 − r2
 * @param nu prevalence of ties; 0 is Bradley–Terry
 */
export function davidson(difference: number, nu: number): OutcomeProbabilities {
  // Dividing through by √(ab) leaves e^{±d/2}, which is safe for any realistic difference.
  const a = Math.exp(difference / 2);
  const b = Math.exp(-difference / 2);
  const total = a + b + nu;
  return { win: a / total, tie: nu / total, loss: b / total };
}

/**
 * Rao & Kupper (1967): win = a / (a + θb), tie = (θ² − 1)ab / ((a + θb)(b + θa)).
 * @param theta width of the band in which no difference is seen, ≥ 1; 1 is Bradley–Terry
 */
export function raoKupper(difference: number, theta: number): OutcomeProbabilities {
  const win = 1 / (1 + theta * Math.exp(-difference));
  const loss = 1 / (1 + theta * Math.exp(difference));
  return { win, tie: (theta ** 2 - 1) * win * loss, loss };
}

/**
 * −log of Davidson's probability of each outcome, weighted mean, in nats.
 *
 * @param difference r_a − r_b, (B)
 * @param outcome 1 where a won, −1 where b did, 0 for a tie, (B)
 * @param logNu log ν
 * @param weights (B), all 1 when absent
 */
export function davidsonLoss(
  tf: TensorFlow,
  difference: Tensor1D,
  outcome: Tensor1D,
  logNu: Scalar,
  weights?: Tensor1D,
): Scalar {
  return tf.tidy(() => {
    const half = tf.mul<Tensor1D>(difference, 0.5);
    const tie = tf.mul<Tensor1D>(tf.onesLike(half), logNu);
    const total = tf.logSumExp<Tensor1D>(tf.stack([half, tie, tf.neg(half)]), 0);
    const taken = tf.add(tf.mul(outcome, half), tf.mul(tf.sub(1, tf.abs(outcome)), logNu));
    return weightedMean(tf, tf.sub<Tensor1D>(total, taken), weights);
  });
}

/**
 * −log of Rao and Kupper's probability of each outcome, weighted mean, in nats: an ordered logit of three answers whose
 * thresholds are ±log θ.
 *
 * @param logTheta log θ > 0
 */
export function raoKupperLoss(
  tf: TensorFlow,
  difference: Tensor1D,
  outcome: Tensor1D,
  logTheta: Scalar,
  weights?: Tensor1D,
): Scalar {
  return tf.tidy(() => {
    // Loss: (−∞, −log θ]; tie: (−log θ, log θ]; win: (log θ, ∞).
    const [win, loss] = [tf.maximum(outcome, 0), tf.maximum(tf.neg(outcome), 0)];
    const lower = tf.sub<Tensor1D>(
      tf.mul(tf.sub(tf.mul(win, 2), 1), tf.mul(logTheta, tf.sub(1, loss))),
      tf.mul(loss, beyondAnyScore),
    );
    const upper = tf.add<Tensor1D>(
      tf.mul(tf.sub(1, tf.mul(loss, 2)), tf.mul(logTheta, tf.sub(1, win))),
      tf.mul(win, beyondAnyScore),
    );
    return orderedLogitLoss(tf, difference, lower, upper, weights);
  });
}
