import type { Rank, Tensor1D, Tensor2D } from "@tensorflow/tfjs";
import type { ModelConfig } from "@touchstone/contracts";
import type { TensorFlow } from "@touchstone/engine";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import { hiddenStates } from "../model/decoder.ts";
import { rowsOf } from "../model/heads.ts";
import type { Parameters } from "../model/parameters.ts";
import type { Weights } from "../model/weights.ts";
import { perAnswerToken } from "../rollout/answer-log-probs.ts";
import type { Policy } from "../rollout/policy.ts";

const [weight, bias] = ["ppo.value.weight", "ppo.value.bias"];

/** A critic that says 0 of everything, so that the first advantages are plain returns. */
export function criticWeights({ width }: ModelConfig): Weights {
  return new Map([
    [weight, { shape: [1, width], values: new Float32Array(width) }],
    [bias, { shape: [1], values: new Float32Array(1) }],
  ]);
}

/** V of each hidden state, (N). */
export function criticValues(tf: TensorFlow, parameters: Parameters, hidden: Tensor2D): Tensor1D {
  const values = tf.matMul<Tensor2D>(hidden, parameters.matrix(weight), false, true);
  return tf.reshape<Rank.R1>(tf.add(values, parameters.vector(bias)), [-1]);
}

/** V before each answer token of each sequence, as numbers. @throws TrainingError `cancelled` */
export function criticValuesOf(
  policy: Policy,
  sequences: readonly AnswerSequence[],
  signal: AbortSignal | undefined,
): Promise<number[][]> {
  const { tf, parameters, config } = policy;
  return perAnswerToken(policy, sequences, signal, (rows) =>
    criticValues(tf, parameters, rowsOf(tf, hiddenStates(tf, parameters, config, rows.batch), rows.states)),
  );
}
