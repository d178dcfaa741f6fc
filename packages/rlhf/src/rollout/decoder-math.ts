import type { StepRow } from "./cached-attention.ts";

/**
 * The arithmetic of a decoder's step, on whatever holds its rows: arrays of JavaScript or blocks of the engine's heap.
 * A result stays good until the same function, or another one named to write to the same place, is called again.
 */
export interface DecoderMath<Rows> {
  /** Takes in the embedded tokens of a step, (rows, width), and tells for which rows the following calls are. */
  begin(rows: readonly StepRow[], embedded: Float32Array): Rows;
  /** RMSNorm or LayerNorm, as the config says, with the parameters of that name. */
  norm(name: string): (x: Rows) => Rows;
  /** Linear layers of one input, their outputs side by side. The result lies at `place`. */
  linear(place: "projected" | "up" | "product", ...names: readonly string[]): (x: Rows) => Rows;
  /** The attention of that name over its own cache, allocated once; queries and keys are normed first where the config says so. */
  attention(name: string): CachedAttention<Rows>;
  /** SwiGLU of gates and ups side by side, or GELU. */
  activation(up: Rows): Rows;
  /** x += y */
  addInto(x: Rows, y: Rows): void;
  /** The values as numbers. */
  values(x: Rows): Float32Array;
  dispose(): void;
}

export interface CachedAttention<Rows> {
  /** (rows, (heads + 2·groups) · size) of q, k and v → (rows, heads · size); keys and values go into the cache. */
  attend(projected: Rows): Rows;
  copySlot(from: number, to: number, length: number): void;
}
