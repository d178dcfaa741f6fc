import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";

/**
 * The same values as `x`, through which no gradient flows. tfjs has no such operation; a custom gradient
 * without inputs is one: its forward pass is not on the tape, and the clone has no producer that is.
 */
export function stopGradient<T extends Tensor>(tf: TensorFlow, x: T): T {
  return tf.customGrad<T>(() => ({ value: x.clone(), gradFunc: () => [] }))();
}
