import type { Rank, Tensor1D, Tensor2D } from "@tensorflow/tfjs";
import type { ModelConfig } from "@touchstone/contracts";
import type { TensorFlow } from "@touchstone/engine";
import { answerRows, piecesOf } from "../model/answer-rows.ts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import { hiddenStates } from "../model/decoder.ts";
import { rowsOf } from "../model/heads.ts";
import type { Parameters } from "../model/parameters.ts";
import { valuesOf } from "../model/values-of.ts";
import type { Weights } from "../model/weights.ts";
import type { Policy } from "../rollout/policy.ts";
import { hearCancel } from "../training/hear-cancel.ts";

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

/** Sequences evaluated at a time: bounds memory. */
const batchSize = 32;

/** V before each answer token of each sequence, as numbers. @throws TrainingError `cancelled` */
export async function criticValuesOf(
  { tf, parameters, config }: Policy,
  sequences: readonly AnswerSequence[],
  signal: AbortSignal | undefined,
): Promise<number[][]> {
  const found: number[][] = [];
  for (const piece of piecesOf(sequences, batchSize)) {
    await hearCancel(signal);
    const rows = answerRows(piece);
    const values = valuesOf(tf, () =>
      criticValues(tf, parameters, rowsOf(tf, hiddenStates(tf, parameters, config, rows.batch), rows.states)),
    );
    const bySequence: number[][] = piece.map(() => []);
    for (const [index, value] of values.entries()) bySequence[rows.sequence[index] ?? 0]?.push(value);
    found.push(...bySequence);
  }
  return found;
}
