import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "../tensorflow.ts";
import { type FusedGradient, hasKernel, runFused } from "./fused.ts";

const gradient: FusedGradient = {
  kernelName: "TouchstoneLayerNorm",
  savedInputs: ["x", "gain"],
  savedOutputs: [undefined, "mean", "inverse"],
  gradientKernel: "TouchstoneLayerNormGradient",
  gradientsOf: ["x", "gain", "bias"],
};

/**
 * Layer normalisation over the last axis (Ba, Kiros and Hinton 2016): (x − mean(x)) / √(var(x) + ε) · gain + bias.
 *
 * @param x float32 of any shape that ends in `size`
 * @param gain (size)
 * @param bias (size); left out, nothing is added
 * @returns the shape of x
 */
export function layerNorm<T extends Tensor>(tf: TensorFlow, x: T, gain: Tensor, bias?: Tensor, epsilon = 1e-5): T {
  const size = x.shape.at(-1) ?? 1;
  for (const [name, given] of [["gain", gain] as const, ["bias", bias] as const]) {
    if (given !== undefined && given.shape.join() !== String(size)) {
      throw new Error(`layerNorm: a ${name} of shape [${given.shape}] does not fit x of shape [${x.shape}]`);
    }
  }
  return tf.tidy(() => {
    const shift = bias ?? tf.zeros([size]);
    if (hasKernel(tf, gradient.kernelName)) return runFused<T>(tf, gradient, { x, gain, bias: shift }, { epsilon });
    const apart = x.sub(x.mean(-1, true));
    return apart.mul(apart.square().mean(-1, true).add(epsilon).rsqrt()).mul(gain).add<T>(shift);
  });
}
