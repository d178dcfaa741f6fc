import type { Tensor2D } from "@tensorflow/tfjs";
import type { ModelConfig } from "@touchstone/contracts";
import type { TensorFlow } from "@touchstone/engine";
import { rotaryAngleTable } from "../model/decoder.ts";
import type { Parameters } from "../model/parameters.ts";
import { valuesOf } from "../model/values-of.ts";
import { attendToCache, type LayerCache, type StepRow } from "./cached-attention.ts";
import { addInto, normaliseRows, rotateRow, swigluRows } from "./row-math.ts";

/** The decoder for generation: each token is computed once, earlier ones are read from the cache. */
export interface CachedDecoder {
  /**
   * Runs new tokens, any number a slot, in ascending positions within a slot.
   * @returns the hidden state of each row, (rows, width), to be read by a head
   */
  step(rows: readonly StepRow[]): Float32Array;
  /** Gives slot `to` the first `length` tokens of slot `from`: samples of one prompt share its computation. */
  copySlot(from: number, to: number, length: number): void;
  dispose(): void;
}

interface Layer {
  /** q, k and v projections stacked, (width + 2·keyWidth, width): one product instead of three. */
  readonly attention: Tensor2D;
  readonly output: Tensor2D;
  /** Gate and up projections stacked, (2·hidden, width). */
  readonly gateUp: Tensor2D;
  readonly down: Tensor2D;
  readonly attentionGain: Float32Array;
  readonly feedForwardGain: Float32Array;
  readonly cache: LayerCache;
}

/**
 * Opens a decoder over the present values of `parameters`; open another after training has changed them. Matrix products
 * go through the engine, everything else is plain JavaScript on rows.
 *
 * @param slots sequences that are under way at the same time
 */
export function openCachedDecoder(
  tf: TensorFlow,
  parameters: Parameters,
  config: ModelConfig,
  slots: number,
): CachedDecoder {
  const { width, heads, kvHeads, hidden, context, normEpsilon } = config;
  const size = width / heads;
  const keyWidth = kvHeads * size;
  const projectedWidth = width + 2 * keyWidth;
  const shape = { heads, groups: kvHeads, size, context };
  const angles = rotaryAngleTable(config, context);
  const cosine = angles.map(Math.cos);
  const sine = angles.map(Math.sin);
  const embedding = parameters.matrix("model.embed_tokens.weight").dataSync();
  const finalGain = parameters.vector("model.norm.weight").dataSync<"float32">();

  const layers = Array.from({ length: config.layers }, (_, layer): Layer => {
    const weight = (name: string) => parameters.matrix(`model.layers.${layer}.${name}.weight`);
    const gain = (name: string) => parameters.vector(`model.layers.${layer}.${name}.weight`).dataSync<"float32">();
    const stack = (...names: string[]) => tf.keep(tf.concat2d(names.map(weight), 0));
    return {
      attention: stack("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
      output: weight("self_attn.o_proj"),
      gateUp: stack("mlp.gate_proj", "mlp.up_proj"),
      down: weight("mlp.down_proj"),
      attentionGain: gain("input_layernorm"),
      feedForwardGain: gain("post_attention_layernorm"),
      cache: {
        keys: new Float32Array(slots * context * keyWidth),
        values: new Float32Array(slots * context * keyWidth),
      },
    };
  });

  /** x · weightᵀ over rows of x. */
  const linear = (x: Float32Array, weight: Tensor2D) =>
    valuesOf(tf, () => {
      const inputs = weight.shape[1];
      return tf.matMul(tf.tensor2d(x, [x.length / inputs, inputs]), weight, false, true);
    });

  return {
    step(rows) {
      const x = new Float32Array(rows.length * width);
      for (const [row, { token }] of rows.entries()) {
        x.set(embedding.subarray(token * width, (token + 1) * width), row * width);
      }
      for (const layer of layers) {
        const projected = linear(normaliseRows(x, layer.attentionGain, normEpsilon), layer.attention);
        for (const [row, { slot, position }] of rows.entries()) {
          const at = row * projectedWidth;
          rotateRow(projected, at, heads + kvHeads, size, cosine, sine, position); // q and k lie side by side
          const to = (slot * context + position) * keyWidth;
          layer.cache.keys.set(projected.subarray(at + width, at + width + keyWidth), to);
          layer.cache.values.set(projected.subarray(at + width + keyWidth, at + projectedWidth), to);
        }
        addInto(x, linear(attendToCache(projected, rows, layer.cache, shape), layer.output));
        const gateUp = linear(normaliseRows(x, layer.feedForwardGain, normEpsilon), layer.gateUp);
        addInto(x, linear(swigluRows(gateUp, hidden), layer.down));
      }
      return normaliseRows(x, finalGain, normEpsilon);
    },
    copySlot(from, to, length) {
      for (const { cache } of layers) {
        for (const block of [cache.keys, cache.values]) {
          const start = from * context * keyWidth;
          block.copyWithin(to * context * keyWidth, start, start + length * keyWidth);
        }
      }
    },
    dispose: () => tf.dispose(layers.flatMap(({ attention, gateUp }) => [attention, gateUp])),
  };
}
