import type { Tensor2D } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";
import type { Parameters } from "./parameters.ts";

/** x · Wᵀ, plus b where the layer of that name has a bias. (N, in) → (N, out), W being (out, in). */
export function linear(tf: TensorFlow, parameters: Parameters, name: string, x: Tensor2D): Tensor2D {
  const product = tf.matMul<Tensor2D>(x, parameters.matrix(`${name}.weight`), false, true);
  if (!parameters.variables.has(`${name}.bias`)) return product;
  return tf.add<Tensor2D>(product, parameters.vector(`${name}.bias`));
}
