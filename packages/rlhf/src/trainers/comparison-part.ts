import type { Scalar, Tensor1D } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";
import { centringLoss } from "../objectives/centring.ts";
import { bothBadLoss } from "../objectives/soft-preference.ts";
import type { ComparisonExample } from "../reward/comparison-examples.ts";
import type { PreferenceLikelihood } from "../reward/preference-likelihood.ts";
import { sequenceRewards } from "../reward/reward-network.ts";
import type { RewardPart } from "./reward-scaffold.ts";

/** Some of a step's comparisons: their likelihood, the level that centring pins, and the absolute signal of "both bad". */
export function comparisonPart(
  likelihood: PreferenceLikelihood,
  { centring, bothBad }: { readonly centring: number; readonly bothBad: number },
): RewardPart<ComparisonExample> {
  return (network, { rows: examples, share, factor }) => {
    const { tf, parameters } = network;
    const sequences = [...examples.map(({ a }) => a), ...examples.map(({ b }) => b)];
    const labels = examples.map(({ label }) => label);
    return {
      share,
      tokens: sequences.reduce((sum, { ids }) => sum + ids.length, 0),
      loss(observe) {
        const rewards = sequenceRewards(network, sequences); // (2B): all a, then all b
        const [a, b] = tf.split<Tensor1D>(rewards, 2);
        if (!a || !b) throw new RangeError("a batch holds both answers of each comparison");
        const sign = tf.tensor1d(labels.map(({ outcome }) => Math.sign(outcome)));
        const bad = tf.tensor1d(labels.map((label) => (label.bothBad ? 1 : 0)));
        observe("accuracy", pairAccuracy(tf, a, b, sign), labels.filter(({ outcome }) => outcome !== 0).length);
        const byWeight = factor(({ label }) => label.weight); // the other two terms are means over the pairs
        const fair = tf.sub(1, bad); // centring is for pairs whose level nobody judged
        return tf.addN([
          tf.mul(likelihood.loss(parameters, a, b, labels), byWeight),
          centringLoss(tf, tf.mul<Tensor1D>(a, fair), tf.mul<Tensor1D>(b, fair), centring),
          tf.mul(bothBadLoss(tf, a, b, bad), bothBad),
        ]);
      },
    };
  };
}

/** Share of the decided pairs whose winner scores higher. */
function pairAccuracy(tf: TensorFlow, a: Tensor1D, b: Tensor1D, sign: Tensor1D) {
  const decided = tf.abs(sign);
  const right = tf.cast(tf.greater(tf.mul(tf.sub(a, b), sign), 0), "float32");
  return tf.div<Scalar>(tf.sum(right), tf.maximum(tf.sum(decided), 1));
}
