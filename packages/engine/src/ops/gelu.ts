import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "../tensorflow.ts";
import { type FusedGradient, hasKernel, runFused } from "./fused.ts";

const gradient: FusedGradient = {
  kernelName: "TouchstoneGelu",
  savedInputs: ["x"],
  savedOutputs: [],
  gradientKernel: "TouchstoneGeluGradient",
  gradientsOf: ["x"],
};

/**
 * The Gaussian error linear unit as GPT-2 approximates it (Hendrycks and Gimpel 2016, §2):
 * x/2 · (1 + tanh(√(2/π) · (x + 0.044715·x³))).
 */
export function gelu<T extends Tensor>(tf: TensorFlow, x: T): T {
  if (hasKernel(tf, gradient.kernelName)) return runFused<T>(tf, gradient, { x });
  return tf.tidy(() => {
    const argument = x.add(x.mul(x).mul(x).mul(0.044715)).mul(Math.sqrt(2 / Math.PI));
    return x.mul(0.5).mul<T>(argument.tanh().add(1));
  });
}
