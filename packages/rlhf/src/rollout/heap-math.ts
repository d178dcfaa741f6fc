import type { ModelConfig } from "@touchstone/contracts";
import type { Block, RowKernels, TensorFlow } from "@touchstone/engine";
import { headSize } from "../model/sizes.ts";
import type { DecoderMath } from "./decoder-math.ts";
import { type DecoderSource, headNorms, rotaryTables, stackedLinear } from "./decoder-weights.ts";

/** Positions that lie side by side in a cache, as kernels/decode.c has them: its length is a multiple of that. */
const blockOfPositions = 16;
const wholeBlocks = (positions: number) => Math.ceil(positions / blockOfPositions) * blockOfPositions;

/** A decoder's arithmetic by our kernels on blocks of the engine's heap: no tensor is made, nothing is copied back. */
export function heapMath(
  tf: TensorFlow,
  kernels: RowKernels,
  source: DecoderSource,
  config: ModelConfig,
  slots: number,
): DecoderMath<Block> {
  const { parameters } = source;
  const { width, heads, kvHeads, hidden, context, normEpsilon } = config;
  const size = headSize(config);
  const keyWidth = kvHeads * size;
  const stride = wholeBlocks(context);
  const held: { dispose(): void }[] = [];
  const constant = (values: Float32Array) => {
    const block = kernels.block(values.length);
    kernels.write(block, values);
    return block;
  };
  const vector = (name: string) => constant(parameters.vector(name).dataSync<"float32">());
  const tables = config.positions === "learned" ? undefined : rotaryTables(config);
  const angles = tables && { cosine: constant(tables.cosine), sine: constant(tables.sine) };
  let count = 0;
  const places = new Map<string, Block>();
  /** Room for a row of values each, taken again by every layer. */
  const room = (place: string, each: number): Block => {
    const block = places.get(place);
    if (block !== undefined && block.size >= count * each) return block;
    const larger = kernels.block(count * each);
    places.set(place, larger);
    return larger;
  };

  /** RMSNorm of each query and each key, in place. A row holds its heads side by side, (heads + 2·groups) · size. */
  const normaliseHeads = (projected: Block, [query, key]: readonly Block[]) => {
    if (query === undefined || key === undefined) return;
    const step = (heads + 2 * kvHeads) * size;
    for (let row = 0; row < count; row++) {
      const queries = kernels.part(projected, row * step, heads * size);
      const keys = kernels.part(projected, row * step + heads * size, keyWidth);
      kernels.rmsNorm(queries, query, queries, heads, size, normEpsilon);
      kernels.rmsNorm(keys, key, keys, kvHeads, size, normEpsilon);
    }
  };

  return {
    begin(rows, embedded) {
      count = rows.length;
      kernels.write(
        room("slots", 1),
        Int32Array.from(rows, ({ slot }) => slot),
      );
      kernels.write(
        room("positions", 1),
        Int32Array.from(rows, ({ position }) => position),
      );
      const x = room("x", width);
      kernels.write(x, embedded);
      return x;
    },
    norm(name) {
      const gain = vector(`${name}.weight`);
      const bias = config.norm === "layernorm" && config.biases ? vector(`${name}.bias`) : kernels.block(width);
      return (x) => {
        const out = room("normed", width);
        if (config.norm === "rmsnorm") kernels.rmsNorm(x, gain, out, count, width, normEpsilon);
        else kernels.layerNorm(x, gain, bias, out, count, width, normEpsilon);
        return out;
      };
    },
    linear(place, ...names) {
      const { weight, bias } = stackedLinear(tf, source, names);
      held.push(weight);
      const [outputs, inputs] = weight.shape;
      const matrix = kernels.blockOf(weight);
      const shift = bias && constant(bias);
      return (x) => {
        const out = room(place, outputs);
        kernels.linear(x, matrix, out, count, inputs, outputs);
        if (shift) kernels.addToRows(out, shift, count);
        return out;
      };
    },
    attention(name) {
      const norms = headNorms(parameters, config, name).map((gain) => constant(gain));
      const keys = kernels.block(slots * keyWidth * stride);
      const values = kernels.block(slots * keyWidth * stride);
      const cacheOf = (block: Block, slot: number) => kernels.part(block, slot * keyWidth * stride, keyWidth * stride);
      return {
        attend(projected) {
          const out = room("mixed", heads * size);
          normaliseHeads(projected, norms);
          const at = { slots: room("slots", 1), positions: room("positions", 1) };
          const shape = { rows: count, heads, groups: kvHeads, size, stride };
          kernels.attend({ projected, keys, values, angles, out, ...at, ...shape });
          return out;
        },
        copySlot(from, to, length) {
          for (const block of [keys, values]) {
            const used = size * wholeBlocks(length);
            kernels.copy(cacheOf(block, from), cacheOf(block, to), size * stride, kvHeads, used);
          }
        },
      };
    },
    activation(up) {
      const out = room("activated", hidden);
      if (config.feedForward === "gelu") kernels.gelu(up, out, count * hidden);
      else kernels.swiglu(up, out, count, hidden);
      return out;
    },
    addInto: (x, y) => kernels.addInto(x, y, count * width),
    values: (x) => kernels.read(x, count * width),
    dispose: () => {
      for (const one of held) one.dispose();
      kernels.dispose();
    },
  };
}
