/** A tensor outside any engine: row-major values and their shape. */
export interface Weight {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Named as Hugging Face's Llama names them, in the order of `weightShapes`. */
export type Weights = ReadonlyMap<string, Weight>;

/** Number of values in a shape; 1 for a scalar. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
