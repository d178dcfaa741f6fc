import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "../tensorflow.ts";
import { type FusedGradient, hasKernel, runFused } from "./fused.ts";

const gradient: FusedGradient = {
  kernelName: "TouchstoneSwiglu",
  savedInputs: ["gate", "up"],
  savedOutputs: [],
  gradientKernel: "TouchstoneSwigluGradient",
  gradientsOf: ["gate", "up"],
};

/** The gated unit of Llama's feed-forward layer (Shazeer 2020): gate · σ(gate) · up, for two tensors of one shape. */
export function swiglu<T extends Tensor>(tf: TensorFlow, gate: T, up: T): T {
  if (gate.shape.join() !== up.shape.join()) throw new Error(`swiglu: shapes [${gate.shape}] and [${up.shape}] differ`);
  if (hasKernel(tf, gradient.kernelName)) return runFused<T>(tf, gradient, { gate, up });
  return tf.tidy(() => gate.mul(gate.sigmoid()).mul<T>(up));
}
