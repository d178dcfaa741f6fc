import type { Scalar, Tensor1D } from "@tensorflow/tfjs";
import type { DirectObjective } from "@touchstone/contracts";
import type { TensorFlow } from "@touchstone/engine";
import { answerRows } from "../model/answer-rows.ts";
import { perAnswer } from "../model/per-answer.ts";
import { dpoBatchLoss, ipoBatchLoss } from "../objectives/direct.ts";
import { type ComparisonExample, winTarget } from "../reward/comparison-examples.ts";
import { answerLogProbs } from "../rollout/answer-log-probs.ts";
import type { Policy } from "../rollout/policy.ts";
import type { StepPart } from "../training/trainee.ts";

/** What needs both answers of a comparison. */
export type PairObjective = Exclude<DirectObjective, { kind: "kto" }>;

/** A comparison, and what the reference gives its answers: Σ log ref over each. */
export interface ReferencedPair {
  readonly example: ComparisonExample;
  readonly referenceA: number;
  readonly referenceB: number;
}

/**
 * The loss of some comparisons by the policy's own likelihoods.
 * @param share of the step's comparisons that this part holds
 */
export function dpoPart(
  policy: Policy,
  pairs: readonly ReferencedPair[],
  objective: PairObjective,
  share: number,
): StepPart {
  const { tf } = policy;
  const sequences = [...pairs.map(({ example }) => example.a), ...pairs.map(({ example }) => example.b)];
  return {
    share,
    tokens: sequences.reduce((sum, { ids }) => sum + ids.length, 0),
    loss(observe) {
      const rows = answerRows(sequences);
      const logProbs = perAnswer(tf, answerLogProbs(policy, rows), rows, "sum"); // (2B): all a, then all b
      const [a, b] = tf.split<Tensor1D>(tf.sub(logProbs, referenceOf(tf, pairs)), 2);
      if (!a || !b) throw new RangeError("a batch holds both answers of each comparison");
      const labels = labelsOf(tf, pairs);
      const decided = pairs.filter(({ example }) => example.label.outcome !== 0).length;
      observeRatios(tf, a, b, labels.sign, (name, value) => observe(name, value, decided));
      return lossOf(tf, objective, a, b, { ...labels, pairs });
    },
  };
}

/** All first answers, then all second ones. */
function referenceOf(tf: TensorFlow, pairs: readonly ReferencedPair[]): Tensor1D {
  return tf.tensor1d([...pairs.map(({ referenceA }) => referenceA), ...pairs.map(({ referenceB }) => referenceB)]);
}

function labelsOf(tf: TensorFlow, pairs: readonly ReferencedPair[]) {
  return {
    sign: tf.tensor1d(
      pairs.map(({ example }) => Math.sign(example.label.outcome)),
      "float32",
    ),
    weights: tf.tensor1d(pairs.map(({ example }) => example.label.weight)),
  };
}

interface Labels extends ReturnType<typeof labelsOf> {
  readonly pairs: readonly ReferencedPair[];
}

function lossOf(tf: TensorFlow, objective: PairObjective, a: Tensor1D, b: Tensor1D, labels: Labels): Scalar {
  const { sign, weights, pairs } = labels;
  switch (objective.kind) {
    case "dpo": {
      const target = tf.tensor1d(pairs.map(({ example }) => winTarget(example.label, objective.labelNoise)));
      return dpoBatchLoss(tf, a, b, target, weights, objective.beta);
    }
    case "ipo": {
      const lengths = (side: "a" | "b") =>
        tf.tensor1d(pairs.map(({ example }) => example[side].ids.length - example[side].answerStart));
      return ipoBatchLoss(tf, tf.div(a, lengths("a")), tf.div(b, lengths("b")), sign, weights, objective.tau);
    }
  }
}

/** What a pair weighs in the objective's mean over a step. */
export function weightIn(objective: PairObjective): (pair: ReferencedPair) => number {
  return ({ example }) => {
    const { weight, outcome } = example.label;
    if (objective.kind === "dpo") return weight;
    return weight * Math.abs(Math.sign(outcome));
  };
}

/**
 * Means over the decided pairs, in nats: what the winners gained against the reference and what the losers did. A falling
 * winner is DPO's quiet failure, which the margin alone hides.
 */
function observeRatios(
  tf: TensorFlow,
  a: Tensor1D,
  b: Tensor1D,
  sign: Tensor1D,
  observe: (name: string, value: Scalar) => void,
): void {
  const decided = tf.abs(sign);
  const count = tf.maximum(tf.sum(decided), 1);
  const mean = (values: Tensor1D) => tf.div<Scalar>(tf.sum(tf.mul(values, decided)), count);
  const winner = tf.where<Tensor1D>(tf.greater(sign, 0), a, b);
  const loser = tf.where<Tensor1D>(tf.greater(sign, 0), b, a);
  observe("accuracy", mean(tf.cast(tf.greater(winner, loser), "float32")));
  observe("chosenLogRatio", mean(winner));
  observe("rejectedLogRatio", mean(loser));
}
