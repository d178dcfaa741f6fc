import type { ModelConfig } from "@touchstone/contracts";
import type { TensorFlow } from "@touchstone/engine";
import type { Parameters } from "../model/parameters.ts";
import { valuesOf } from "../model/values-of.ts";
import { attendToCache, type StepRow } from "./cached-attention.ts";
import type { DecoderMath } from "./decoder-math.ts";
import { rotaryTables, stackedLinear } from "./decoder-weights.ts";
import { addInto, addToRows, geluInPlace, layerNormRows, normaliseRows, rotateRow, swigluRows } from "./row-math.ts";

/**
 * A decoder's arithmetic on arrays, for the engines without our kernels: products go through the engine, all else is plain
 * JavaScript.
 */
export function plainMath(
  tf: TensorFlow,
  parameters: Parameters,
  config: ModelConfig,
  slots: number,
): DecoderMath<Float32Array> {
  const { width, heads, kvHeads, hidden, context, normEpsilon } = config;
  const size = width / heads;
  const keyWidth = kvHeads * size;
  const projectedWidth = width + 2 * keyWidth;
  const shape = { heads, groups: kvHeads, size, context };
  const { cosine, sine } = rotaryTables(config);
  const vector = (name: string) => parameters.vector(name).dataSync<"float32">();
  const held: { dispose(): void }[] = [];
  let rows: readonly StepRow[] = [];

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
      const { weight, bias } = stackedLinear(tf, parameters, names);
      held.push(weight);
      const inputs = weight.shape[1];
      return (x) => {
        const product = valuesOf(tf, () => tf.matMul(tf.tensor2d(x, [x.length / inputs, inputs]), weight, false, true));
        return bias ? addToRows(product, bias) : product;
      };
    },
    attention() {
      const keys = new Float32Array(slots * context * keyWidth);
      const values = new Float32Array(slots * context * keyWidth);
      return {
        attend(projected) {
          for (const [row, { slot, position }] of rows.entries()) {
            const at = row * projectedWidth;
            // q and k lie side by side; learned positions are in the rows already.
            if (config.positions !== "learned") {
              rotateRow(projected, at, heads + kvHeads, size, cosine, sine, position);
            }
            const to = (slot * context + position) * keyWidth;
            keys.set(projected.subarray(at + width, at + width + keyWidth), to);
            values.set(projected.subarray(at + width + keyWidth, at + projectedWidth), to);
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
