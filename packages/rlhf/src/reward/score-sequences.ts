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

/** The same for any number of sequences, as numbers. Neighbours in length share a batch, so little is spent on padding. */
export function scoreSequences(
  tf: TensorFlow,
  parameters: Parameters,
  config: ModelConfig,
  sequences: readonly (readonly number[])[],
): number[] {
  const byLength = sequences.map((ids, index) => ({ ids, index })).sort((x, y) => x.ids.length - y.ids.length);
  const scores = new Array<number>(sequences.length).fill(0);
  for (const piece of piecesOf(byLength, batchSize)) {
    const values = valuesOf(tf, () =>
      sequenceRewards(
        tf,
        parameters,
        config,
        piece.map(({ ids }) => ids),
      ),
    );
    for (const [row, { index }] of piece.entries()) scores[index] = values[row] ?? Number.NaN;
  }
  return scores;
}
