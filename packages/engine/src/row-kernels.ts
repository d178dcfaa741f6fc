import type { Tensor } from "@tensorflow/tfjs";
import { currentHeap } from "./kernels/install.ts";
import type { TensorFlow } from "./tensorflow.ts";

/** Values on the engine's heap that are no tensor: no garbage, no book-keeping, one call a kernel. */
export interface Block {
  readonly address: number;
  /** Number of float32 (or int32) values. */
  readonly size: number;
}

/** How single tokens attend to what their slots hold; see `attend`. */
export interface AttentionToCache {
  /** (rows, (heads + 2·groups) · size): q, k and v of each row; q and k are turned in place. */
  readonly projected: Block;
  /** Slot and position of each row as int32. */
  readonly slots: Block;
  readonly positions: Block;
  /** (slots, groups, stride/16, size, 16) each. */
  readonly keys: Block;
  readonly values: Block;
  /** (positions, size/2); without them nothing is turned. */
  readonly angles: { readonly cosine: Block; readonly sine: Block } | undefined;
  /** (rows, heads · size) */
  readonly out: Block;
  readonly rows: number;
  readonly heads: number;
  readonly groups: number;
  readonly size: number;
  /** Positions of a cache, a multiple of 16. */
  readonly stride: number;
}

/**
 * Our kernels on blocks of rows, for loops in which a tensor a step would cost more than the sums: a decoder that says one
 * token at a time. Sizes are trusted: what does not fit its block overwrites its neighbours.
 */
export interface RowKernels {
  /** A block of zeros, there until `dispose`. */
  block(size: number): Block;
  /** Where a tensor's values lie. It must outlive its use. */
  blockOf(tensor: Tensor): Block;
  write(block: Block, values: Float32Array | Int32Array): void;
  /** A copy of the first `size` values. */
  read(block: Block, size: number): Float32Array;
  /** out = x · weightᵀ for x (rows, inputs) and weight (outputs, inputs) */
  linear(x: Block, weight: Block, out: Block, rows: number, inputs: number, outputs: number): void;
  rmsNorm(x: Block, gain: Block, out: Block, rows: number, width: number, epsilon: number): void;
  layerNorm(x: Block, gain: Block, bias: Block, out: Block, rows: number, width: number, epsilon: number): void;
  /** x += y over the first `size` values */
  addInto(x: Block, y: Block, size: number): void;
  /** Adds the bias to each row. */
  addToRows(x: Block, bias: Block, rows: number): void;
  /** (rows, 2·hidden) of gates and ups → (rows, hidden) */
  swiglu(gateUp: Block, out: Block, rows: number, hidden: number): void;
  gelu(x: Block, out: Block, size: number): void;
  /** Puts each row's keys and values into its slot's cache, then softmax(q·kᵀ/√size)·v over the positions up to its own. */
  attend(request: AttentionToCache): void;
  /** `rows` pieces of `size` values from one place to another, `step` values apart on both sides. */
  copy(from: Block, to: Block, step: number, rows: number, size: number): void;
  /** Part of a block. */
  part(block: Block, start: number, size: number): Block;
  dispose(): void;
}

/** The kernels on rows, or undefined where the current engine does not run our kernels. */
export function openRowKernels(tf: TensorFlow): RowKernels | undefined {
  const heap = currentHeap(tf);
  if (heap === undefined) return undefined;
  const { call } = heap;
  const taken: number[] = [];
  // What a norm keeps for its gradient, which nobody asks for here: one value a row.
  const take = (size: number): Block => {
    const address = heap.allocate(size);
    taken.push(address);
    return { address, size };
  };
  let kept = take(1);
  const keep = (rows: number) => {
    if (kept.size < 2 * rows) kept = take(2 * rows);
    return kept.address;
  };
  const part = ({ address }: Block, start: number, size: number): Block => ({ address: address + 4 * start, size });

  return {
    block(size) {
      const block = take(size);
      heap.floats(block.address, size).fill(0);
      return block;
    },
    blockOf: (tensor) => ({ address: heap.address(tensor), size: tensor.size }),
    write({ address }, values) {
      if (values instanceof Float32Array) heap.floats(address, values.length).set(values);
      else heap.integers(address, values.length).set(values);
    },
    read: ({ address }, size) => heap.floats(address, size).slice(),
    linear(x, weight, out, rows, inputs, outputs) {
      const scratch = heap.scratch(call("matmul_scratch"));
      call("matmul", x.address, weight.address, out.address, rows, outputs, inputs, 0, 1, scratch);
    },
    rmsNorm(x, gain, out, rows, width, epsilon) {
      call("rms_norm", x.address, gain.address, out.address, keep(rows), rows, width, epsilon);
    },
    layerNorm(x, gain, bias, out, rows, width, epsilon) {
      const mean = keep(rows);
      const given = [x, gain, bias, out].map(({ address }) => address);
      call("layer_norm", ...given, mean, mean + 4 * rows, rows, width, epsilon);
    },
    addInto: (x, y, size) => void call("add_into", x.address, y.address, size),
    addToRows(x, bias, rows) {
      for (let row = 0; row < rows; row++) {
        call("add_into", x.address + 4 * row * bias.size, bias.address, bias.size);
      }
    },
    swiglu(gateUp, out, rows, hidden) {
      for (let row = 0; row < rows; row++) {
        const gate = gateUp.address + 8 * row * hidden;
        call("swiglu", gate, gate + 4 * hidden, out.address + 4 * row * hidden, hidden);
      }
    },
    gelu: (x, out, size) => void call("gelu", x.address, out.address, size),
    attend({ projected, slots, positions, keys, values, angles, out, rows, heads, groups, size, stride }) {
      const turns = [angles?.cosine.address ?? 0, angles?.sine.address ?? 0];
      const given = [projected, slots, positions, keys, values].map(({ address }) => address);
      const sizes = [rows, heads, groups, size, stride, Number(angles !== undefined), 1 / Math.sqrt(size)];
      call("cached_attention", ...given, ...turns, out.address, ...sizes, heap.scratch(stride));
    },
    copy(from, to, step, rows, size) {
      call("copy_rows", from.address, step, to.address, step, rows, size);
    },
    part,
    dispose() {
      for (const address of taken) heap.free(address);
      taken.length = 0;
    },
  };
}
