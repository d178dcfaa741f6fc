import type { Scalar, Tensor1D } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";

/** Clipped surrogate of PPO as a loss, −min(ρA, clip(ρ, 1 ± ε)A) (Schulman et al. 2017, eq. 7). */
export function ppoLoss(advantage: number, ratio: number, clip = 0.2): number {
  const clipped = Math.min(Math.max(ratio, 1 - clip), 1 + clip);
  return -Math.min(ratio * advantage, clipped * advantage);
}

/**
 * Generalised advantage estimation (Schulman et al. 2016, eq. 16), over one finished answer.
 * @param rewards one a token
 * @param values V before each token; the value after the last is 0, since the answer has ended
 * @returns advantages, and returns = advantages + values, which the critic regresses on
 */
export function generalisedAdvantages(
  rewards: readonly number[],
  values: readonly number[],
  gamma: number,
  lambda: number,
): { advantages: number[]; returns: number[] } {
  const advantages = rewards.map(() => 0);
  let following = 0;
  for (let t = rewards.length - 1; t >= 0; t--) {
    const delta = (rewards[t] ?? 0) + gamma * (values[t + 1] ?? 0) - (values[t] ?? 0);
    following = delta + gamma * lambda * following;
    advantages[t] = following;
  }
  return { advantages, returns: advantages.map((advantage, t) => advantage + (values[t] ?? 0)) };
}

/**
 * The clipped surrogate over a batch of tokens, as a mean.
 * @param logProbs of the tokens under the present policy, (N), differentiable
 * @param old the same under the policy that drew them, (N)
 * @param advantages (N), constants
 */
export function ppoBatchLoss(
  tf: TensorFlow,
  logProbs: Tensor1D,
  old: Tensor1D,
  advantages: Tensor1D,
  clip: number,
): Scalar {
  return tf.tidy(() => {
    const ratio = tf.exp(tf.sub<Tensor1D>(logProbs, old));
    const clipped = tf.clipByValue(ratio, 1 - clip, 1 + clip);
    return tf.neg(tf.mean<Scalar>(tf.minimum(tf.mul(ratio, advantages), tf.mul(clipped, advantages))));
  });
}

/**
 * Half the squared error of the critic, as a mean over tokens; like the ratio, a value that has moved further than `clip`
 * from the old one gains nothing by moving on (Ziegler et al. 2019, lm-human-preferences).
 * @param values V before each token, (N), differentiable
 * @param old the critic's values when the batch was drawn, (N)
 * @param returns what the critic regresses on, (N)
 */
export function clippedValueLoss(
  tf: TensorFlow,
  values: Tensor1D,
  old: Tensor1D,
  returns: Tensor1D,
  clip: number,
): Scalar {
  return tf.tidy(() => {
    const near = tf.minimum(tf.maximum(values, tf.sub(old, clip)), tf.add(old, clip));
    const errors = tf.maximum(tf.square(tf.sub(values, returns)), tf.square(tf.sub(near, returns)));
    return tf.mul<Scalar>(tf.mean(errors), 0.5);
  });
}
