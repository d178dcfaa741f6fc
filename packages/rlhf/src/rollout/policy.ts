import type { Tensor2D } from "@tensorflow/tfjs";
import type { ModelConfig } from "@touchstone/contracts";
import type { SafeTensor, TensorFlow } from "@touchstone/engine";
import { ilqlHead, ilqlValue, languageModelLogits } from "../model/heads.ts";
import type { Parameters } from "../model/parameters.ts";
import { targetQ } from "../model/weight-shapes.ts";
import type { Team } from "../parallel/team.ts";

/** A model that chooses tokens. */
export interface Policy {
  readonly tf: TensorFlow;
  readonly parameters: Parameters;
  /**
   * Matrices of the blocks that are not among the parameters: a policy that only answers has them in its decoder alone, which
   * takes them out of here.
   */
  readonly blocks?: Map<string, SafeTensor> | undefined;
  readonly config: ModelConfig;
  /** β of ILQL's decoding; absent or 0 for a plain language model. */
  readonly advantageWeight?: number | undefined;
  /** The threads that share long passes over it, all of which hold it; absent: this one alone. */
  readonly team?: Team | undefined;
}

/**
 * Logits of the next token for each hidden state, (N, vocab). For ILQL those of softmax(log π + β(Q̄ − V)), Q̄ the smaller
 * of the two target heads (Snell et al. 2022, eq. 7); log π and the logits differ by a constant, which softmax forgets.
 */
export function policyLogits(policy: Policy, hidden: Tensor2D): Tensor2D {
  const { tf, parameters, config, advantageWeight = 0 } = policy;
  const logits = languageModelLogits(tf, parameters, config, hidden);
  if (advantageWeight === 0) return logits;
  const [first, second] = targetQ.map((head) => ilqlHead(tf, parameters, head, hidden));
  if (!first || !second) throw new RangeError("ILQL has two target heads");
  const value = tf.expandDims(ilqlValue(tf, parameters, hidden), 1); // (N, 1)
  const advantage = tf.sub(tf.minimum(first, second), value);
  return tf.add<Tensor2D>(logits, tf.mul(advantage, advantageWeight));
}
