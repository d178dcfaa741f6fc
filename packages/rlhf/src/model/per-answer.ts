import type { Rank, Tensor1D } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";
import type { AnswerRows } from "./answer-rows.ts";

/**
 * Sums or means over each answer's tokens, differentiable: a small matrix that says which token belongs to which answer, times
 * the values, whose gradient is the matrix again.
 *
 * @param values one a token, (N)
 * @returns one an answer, (B)
 */
export function perAnswer(tf: TensorFlow, values: Tensor1D, rows: AnswerRows, of: "sum" | "mean"): Tensor1D {
  const [answers, tokens] = [rows.batch.rows, rows.tokens.length];
  const shares = new Float32Array(answers * tokens);
  const lengths = answerLengths(rows);
  for (const [token, answer] of rows.sequence.entries()) {
    shares[answer * tokens + token] = of === "mean" ? 1 / (lengths[answer] ?? 1) : 1;
  }
  const product = tf.matMul(tf.tensor2d(shares, [answers, tokens]), tf.reshape<Rank.R2>(values, [tokens, 1]));
  return tf.reshape<Rank.R1>(product, [answers]);
}

function answerLengths(rows: AnswerRows): Float32Array {
  const lengths = new Float32Array(rows.batch.rows);
  for (const answer of rows.sequence) lengths[answer] = (lengths[answer] ?? 0) + 1;
  return lengths;
}
