import type { Tensor } from "@tensorflow/tfjs";
import { currentHeap } from "./kernels/install.ts";
import type { TensorFlow } from "./tensorflow.ts";

/**
 * A tensor's values where they lie on the engine's heap, to be read and changed in place, until the next tensor is made.
 * @returns nothing where the engine has no heap of that kind, or where another tensor has the same values
 */
export function valuesInPlace(tf: TensorFlow, tensor: Tensor): Float32Array | undefined {
  const heap = currentHeap(tf);
  if (heap === undefined || tensor.dtype !== "float32" || heap.backend.refCount(tensor.dataId) !== 1) return undefined;
  return heap.floats(heap.address(tensor), tensor.size);
}
