import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs";
import type { TensorFlow } from "../tensorflow.ts";
import { type FusedGradient, hasKernel, runFused } from "./fused.ts";

const gradient: FusedGradient = {
  kernelName: "TouchstoneTokenLogProbs",
  savedInputs: ["logits", "tokens"],
  savedOutputs: [undefined, "normaliser"],
  gradientKernel: "TouchstoneTokenLogProbsGradient",
  gradientsOf: ["logits"],
};

/**
 * log softmax(logits)[row, tokens[row]] of every row; its negative is the cross-entropy with integer targets. Neither the
 * softmax nor a one-hot matrix is ever stored: at 1,024 × 32,000 one of them alone is 131 MB.
 *
 * @param logits (rows, vocabulary)
 * @param tokens (rows), int32, each a valid id; mask padding by weighting the result
 * @returns (rows)
 * @throws RangeError for a token outside the vocabulary (on the WebAssembly engine)
 */
export function tokenLogProbs(tf: TensorFlow, logits: Tensor2D, tokens: Tensor1D): Tensor1D {
  const [rows, vocabulary] = logits.shape;
  if (tokens.dtype !== "int32" || tokens.shape[0] !== rows) {
    throw new Error(`tokenLogProbs needs ${rows} int32 tokens, not ${tokens.dtype} of shape [${tokens.shape}]`);
  }
  if (hasKernel(tf, gradient.kernelName)) return runFused<Tensor1D>(tf, gradient, { logits, tokens });
  return tf.tidy(() => {
    const cells = tf.add(tf.mul(tf.range(0, rows, 1, "int32"), tf.scalar(vocabulary, "int32")), tokens);
    return tf.sub<Tensor1D>(tf.gather(logits.as1D(), cells), tf.logSumExp(logits, -1));
  });
}
