import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "../tensorflow.ts";
import { type FusedGradient, hasKernel, runFused } from "./fused.ts";

const gradient: FusedGradient = {
  kernelName: "TouchstoneRmsNorm",
  savedInputs: ["x", "gain"],
  savedOutputs: [undefined, "inverse"],
  gradientKernel: "TouchstoneRmsNormGradient",
  gradientsOf: ["x", "gain"],
};

/**
 * Root-mean-square normalisation over the last axis (Zhang and Sennrich 2019): x / √(mean(x²) + ε) · gain.
 *
 * @param x float32 of any shape that ends in `size`
 * @param gain (size)
 * @returns the shape of x
 */
export function rmsNorm<T extends Tensor>(tf: TensorFlow, x: T, gain: Tensor, epsilon = 1e-5): T {
  if (gain.rank !== 1 || gain.shape[0] !== x.shape.at(-1)) {
    throw new Error(`rmsNorm: a gain of shape [${gain.shape}] does not fit x of shape [${x.shape}]`);
  }
  if (hasKernel(tf, gradient.kernelName)) return runFused<T>(tf, gradient, { x, gain }, { epsilon });
  return tf.tidy(() => x.mul(x.square().mean(-1, true).add(epsilon).rsqrt()).mul<T>(gain));
}
