import type { SafeTensor } from "@touchstone/engine";

/** Tensors outside any engine, named as Hugging Face's Llama names them whatever the model's style, in the order of `weightShapes`. */
export type Weights = ReadonlyMap<string, SafeTensor>;

/** Number of values in a shape; 1 for a scalar. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
