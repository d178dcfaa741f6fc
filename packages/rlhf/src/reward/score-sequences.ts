import type { Tensor1D } from "@tensorflow/tfjs";
import type { ModelConfig } from "@touchstone/contracts";
import type { TensorFlow } from "@touchstone/engine";
import { piecesOf } from "../model/answer-rows.ts";
import { lastPositions, toBatch, withoutPadding } from "../model/batch.ts";
import { hiddenStates } from "../model/decoder.ts";
import { rewardScores, rowsOf } from "../model/heads.ts";
import type { Parameters } from "../model/parameters.ts";
import { valuesOf } from "../model/values-of.ts";

/** Sequences scored at a time: bounds memory. */
const batchSize = 32;

/** Raw reward of each sequence, read at its last token that is no padding; differentiable. (B) */
export function sequenceRewards(
  tf: TensorFlow,
  parameters: Parameters,
  config: ModelConfig,
  sequences: readonly (readonly number[])[],
): Tensor1D {
  const batch = toBatch(sequences.map(withoutPadding));
  const hidden = hiddenStates(tf, parameters, config, batch); // (B·T, d)
  return rewardScores(tf, parameters, rowsOf(tf, hidden, lastPositions(batch)));
}

/**
 * The same for any number of sequences, as numbers. Equal ones, such as an answer that stands in several comparisons, are run
 * once; neighbours in length share a batch, so little is spent on padding.
 */
export function scoreSequences(
  tf: TensorFlow,
  parameters: Parameters,
  config: ModelConfig,
  sequences: readonly (readonly number[])[],
): number[] {
  const keys = sequences.map((ids) => ids.join(" "));
  const different = [...new Map(sequences.map((ids, index) => [keys[index] ?? "", ids]))];
  different.sort(([, x], [, y]) => x.length - y.length);
  const scores = new Map<string, number>();
  for (const piece of piecesOf(different, batchSize)) {
    const batch = piece.map(([, ids]) => ids);
    const values = valuesOf(tf, () => sequenceRewards(tf, parameters, config, batch));
    for (const [row, [key]] of piece.entries()) scores.set(key, values[row] ?? Number.NaN);
  }
  return keys.map((key) => scores.get(key) ?? Number.NaN);
}
