import type { Rank, Tensor1D, Tensor2D } from "@tensorflow/tfjs";
import type { ModelConfig } from "@touchstone/contracts";
import type { TensorFlow } from "@touchstone/engine";
import type { RewardHead } from "./head.ts";
import type { Parameters } from "./parameters.ts";
import { valueHead } from "./weight-shapes.ts";

/** Chosen rows of the hidden states: heads are computed only where their result is read. (N, d) */
export function rowsOf(tf: TensorFlow, hidden: Tensor2D, positions: Int32Array): Tensor2D {
  return tf.gather<Tensor2D>(hidden, tf.tensor1d(positions, "int32"));
}

/** Logits of the next token, (N, vocab). */
export function languageModelLogits(tf: TensorFlow, parameters: Parameters, config: ModelConfig, hidden: Tensor2D) {
  const name = config.tied ? "model.embed_tokens.weight" : "lm_head.weight";
  return tf.matMul<Tensor2D>(hidden, parameters.matrix(name), false, true);
}

/**
 * Reward of each row by each head, (N, heads): one head, or one an aspect. `hidden` holds the state of each sequence's last
 * token. On the trained, unscaled axis.
 */
export function rewardScores(tf: TensorFlow, parameters: Parameters, hidden: Tensor2D): Tensor2D {
  return tf.matMul<Tensor2D>(hidden, parameters.matrix("score.weight"), false, true);
}

/** From the trained axis to the reported one (for ratings, 1–5) and to mean 0, deviation 1 on the reference set. */
export function reportedScore({ scale, offset, normalisation }: RewardHead, raw: number) {
  const score = offset + scale * raw;
  return { score, normalised: (score - normalisation.mean) / normalisation.standardDeviation };
}

/** A Q or V head of ILQL: out · relu(up · h). (N, vocab) for Q, (N, 1) for V. */
export function ilqlHead(tf: TensorFlow, parameters: Parameters, head: string, hidden: Tensor2D): Tensor2D {
  const layer = (x: Tensor2D, part: string) =>
    tf.add<Tensor2D>(
      tf.matMul(x, parameters.matrix(`${head}.${part}.weight`), false, true),
      parameters.vector(`${head}.${part}.bias`),
    );
  return layer(tf.relu<Tensor2D>(layer(hidden, "up")), "out");
}

/** V(s) of ILQL, (N). */
export function ilqlValue(tf: TensorFlow, parameters: Parameters, hidden: Tensor2D): Tensor1D {
  return tf.reshape<Rank.R1>(ilqlHead(tf, parameters, valueHead, hidden), [-1]);
}
