import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";

/**
 * Computes a tensor and takes its values out of the engine. The values must not be returned through `tf.tidy`: it
 * searches whatever it is given for tensors, number by number.
 */
export function valuesOf(tf: TensorFlow, compute: () => Tensor): Float32Array {
  const tensor = tf.tidy(compute);
  const values = tensor.dataSync<"float32">();
  tensor.dispose();
  return values;
}
