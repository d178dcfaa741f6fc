import type { GradConfig, NamedAttrMap, Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "../tensorflow.ts";

/** Whether the current back end has this kernel of ours; elsewhere an op is composed of stock ones. */
export function hasKernel(tf: TensorFlow, name: string): boolean {
  return tf.getKernel(name, tf.getBackend()) !== undefined;
}

/** How the gradient of one of our kernels is made by another. */
export interface FusedGradient {
  readonly kernelName: string;
  /** Inputs and outputs of the forward kernel that the gradient kernel takes, under these names, beside `dy`. */
  readonly savedInputs: readonly string[];
  readonly savedOutputs: readonly (string | undefined)[];
  /** The forward kernel's inputs to which the gradient kernel's outputs belong, in order. */
  readonly gradientsOf: readonly string[];
  readonly gradientKernel: string;
}

/**
 * Runs a kernel of ours so that TensorFlow.js can differentiate it.
 *
 * @typeParam T what the first output is; the others, kept only for the gradient, are not returned
 */
export function runFused<T extends Tensor>(
  tf: TensorFlow,
  gradient: FusedGradient,
  inputs: Record<string, Tensor>,
  attributes: NamedAttrMap = {},
): T {
  if (tf.getGradient(gradient.kernelName) === undefined) tf.registerGradient(registration(tf, gradient));
  const outputs = tf.engine().runKernel<T | T[]>(gradient.kernelName, inputs, attributes);
  if (!Array.isArray(outputs)) return outputs;
  const [out, ...statistics] = outputs;
  if (out === undefined) throw new Error(`${gradient.kernelName} returned nothing`);
  // What the gradient needs of them is held by the tape.
  tf.dispose(statistics);
  return out;
}

function registration(tf: TensorFlow, gradient: FusedGradient): GradConfig {
  const { kernelName, savedInputs, savedOutputs, gradientsOf, gradientKernel } = gradient;
  const names = [...savedInputs, ...savedOutputs.flatMap((name) => name ?? [])];
  return {
    kernelName,
    inputsToSave: [...savedInputs],
    outputsToSave: savedOutputs.map((name) => name !== undefined),
    gradFunc(slopes, saved, attributes) {
      const [dy] = Array.isArray(slopes) ? slopes : [slopes];
      if (dy === undefined) throw new Error(`${kernelName}: no slope`);
      const inputs: Record<string, Tensor> = { dy };
      for (const [index, name] of names.entries()) {
        const tensor = saved[index];
        if (tensor !== undefined) inputs[name] = tensor;
      }
      const outputs = tf.engine().runKernel<Tensor | Tensor[]>(gradientKernel, inputs, attributes);
      const list = Array.isArray(outputs) ? outputs : [outputs];
      return Object.fromEntries(list.map((tensor, index) => [gradientsOf[index] ?? "", () => tensor]));
    },
  };
}
