import type { ModelConfig } from "@touchstone/contracts";
import type { TensorFlow } from "@touchstone/engine";
import { headSize } from "../model/sizes.ts";
import { valuesOf } from "../model/values-of.ts";
import { attendToCache, type StepRow } from "./cached-attention.ts";
import type { DecoderMath } from "./decoder-math.ts";
import { type DecoderSource, headNorms, rotaryTables, stackedLinear } from "./decoder-weights.ts";
import { addInto, addToRows, geluInPlace, layerNormRows, normaliseRows, rotateRow, swigluRows } from "./row-math.ts";

/**
 * A decoder's arithmetic on arrays, for the engines without our kernels: products go through the engine, all else is plain
 * JavaScript.
 */
export function plainMath(
  tf: TensorFlow,
  source: DecoderSource,
  config: ModelConfig,
  slots: number,
): DecoderMath<Float32Array> {
  const { parameters } = source;
  const { heads, kvHeads, hidden, context, normEpsilon } = config;
  const size = headSize(config);
  const [queryWidth, keyWidth] = [heads * size, kvHeads * size];
  const projectedWidth = queryWidth + 2 * keyWidth;
  const shape = { heads, groups: kvHeads, size, context };
  const { cosine, sine } = rotaryTables(config);
  const vector = (name: string) => parameters.vector(name).dataSync<"float32">();
  const held: { dispose(): void }[] = [];
  let rows: readonly StepRow[] = [];
  const normaliseInPlace = (heads: Float32Array, gain: Float32Array) =>
    heads.set(normaliseRows(heads, gain, normEpsilon));

  return {
    begin(next, embedded) {
      rows = next;
      return embedded;
    },
    norm(name) {
      const gain = vector(`${name}.weight`);
      if (config.norm === "rmsnorm") return (x) => normaliseRows(x, gain, normEpsilon);
      const bias = config.biases ? vector(`${name}.bias`) : undefined;
      return (x) => layerNormRows(x, gain, bias, normEpsilon);
    },
    linear(_place, ...names) {
      const { weight, bias } = stackedLinear(tf, source, names);
      held.push(weight);
      const inputs = weight.shape[1];
      return (x) => {
        const product = valuesOf(tf, () => tf.matMul(tf.tensor2d(x, [x.length / inputs, inputs]), weight, false, true));
        return bias ? addToRows(product, bias) : product;
      };
    },
    attention(name) {
      const [queryNorm, keyNorm] = headNorms(parameters, config, name);
      const keys = new Float32Array(slots * context * keyWidth);
      const values = new Float32Array(slots * context * keyWidth);
      return {
        attend(projected) {
          for (const [row, { slot, position }] of rows.entries()) {
            const at = row * projectedWidth;
            if (queryNorm) normaliseInPlace(projected.subarray(at, at + queryWidth), queryNorm);
            if (keyNorm) normaliseInPlace(projected.subarray(at + queryWidth, at + queryWidth + keyWidth), keyNorm);
            // q and k lie side by side; learned positions are in the rows already.
            if (config.positions !== "learned") {
              rotateRow(projected, at, heads + kvHeads, size, cosine, sine, position);
            }
            const to = (slot * context + position) * keyWidth;
            keys.set(projected.subarray(at + queryWidth, at + queryWidth + keyWidth), to);
            values.set(projected.subarray(at + queryWidth + keyWidth, at + projectedWidth), to);
          }
          return attendToCache(projected, rows, { keys, values }, shape);
        },
        copySlot(from, to, length) {
          for (const block of [keys, values]) {
            const start = from * context * keyWidth;
            block.copyWithin(to * context * keyWidth, start, start + length * keyWidth);
          }
        },
      };
    },
    activation: (up) => (config.feedForward === "gelu" ? geluInPlace(up) : swigluRows(up, hidden)),
    addInto,
    values: (x) => x,
    dispose: () => {
      for (const one of held) one.dispose();
    },
  };
}
