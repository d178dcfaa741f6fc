import type { Tensor2D } from "@tensorflow/tfjs";
import type { ModelConfig } from "@touchstone/contracts";
import type { TensorFlow } from "@touchstone/engine";
import { rotaryAngleTable } from "../model/decoder.ts";
import type { Parameters } from "../model/parameters.ts";
import { valuesOf } from "../model/values-of.ts";
import { learnedPositions } from "../model/weight-shapes.ts";
import { attendToCache, type LayerCache, type StepRow } from "./cached-attention.ts";
import { addInto, addToRows, geluInPlace, layerNormRows, normaliseRows, rotateRow, swigluRows } from "./row-math.ts";

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

/** A linear layer, or several of one input stacked: one product instead of many. */
interface Linear {
  /** (out, in) */
  readonly weight: Tensor2D;
  readonly bias: Float32Array | undefined;
}

/** Normalises rows; the result is a new array. */
type Norm = (x: Float32Array) => Float32Array;

interface Layer {
  readonly attentionNorm: Norm;
  /** q, k and v projections stacked, (width + 2·keyWidth, width). */
  readonly attention: Linear;
  readonly output: Linear;
  readonly feedForwardNorm: Norm;
  /** Gate and up projections stacked, (2·hidden, width), or up alone for GELU. */
  readonly up: Linear;
  readonly down: Linear;
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
  const { width, heads, kvHeads, hidden, context } = config;
  const size = width / heads;
  const keyWidth = kvHeads * size;
  const projectedWidth = width + 2 * keyWidth;
  const shape = { heads, groups: kvHeads, size, context };
  const { cosine, sine } = rotaryTables(config);
  const embedding = parameters.matrix("model.embed_tokens.weight").dataSync<"float32">();
  const places = config.positions === "learned" ? parameters.matrix(learnedPositions).dataSync<"float32">() : undefined;
  const norm = (name: string) => normOf(parameters, config, name);
  const finalNorm = norm("model.norm");
  const layers = Array.from({ length: config.layers }, (_, layer): Layer => {
    const at = `model.layers.${layer}`;
    const stack = (...names: string[]) => stackedLinear(tf, parameters, names);
    const attention = ["q_proj", "k_proj", "v_proj"].map((name) => `${at}.self_attn.${name}`);
    const up = config.feedForward === "gelu" ? [`${at}.mlp.up_proj`] : [`${at}.mlp.gate_proj`, `${at}.mlp.up_proj`];
    return {
      attentionNorm: norm(`${at}.input_layernorm`),
      attention: stack(...attention),
      output: stack(`${at}.self_attn.o_proj`),
      feedForwardNorm: norm(`${at}.post_attention_layernorm`),
      up: stack(...up),
      down: stack(`${at}.mlp.down_proj`),
      cache: {
        keys: new Float32Array(slots * context * keyWidth),
        values: new Float32Array(slots * context * keyWidth),
      },
    };
  });

  /** x · weightᵀ + bias over rows of x. */
  const linear = (x: Float32Array, { weight, bias }: Linear) => {
    const product = valuesOf(tf, () => {
      const inputs = weight.shape[1];
      return tf.matMul(tf.tensor2d(x, [x.length / inputs, inputs]), weight, false, true);
    });
    return bias ? addToRows(product, bias) : product;
  };

  return {
    step(rows) {
      const x = new Float32Array(rows.length * width);
      for (const [row, { token, position }] of rows.entries()) {
        if (position >= context) throw new RangeError(`position ${position} lies beyond the context of ${context}`);
        x.set(embedding.subarray(token * width, (token + 1) * width), row * width);
        if (places) {
          addInto(
            x.subarray(row * width, (row + 1) * width),
            places.subarray(position * width, (position + 1) * width),
          );
        }
      }
      for (const layer of layers) {
        const projected = linear(layer.attentionNorm(x), layer.attention);
        for (const [row, { slot, position }] of rows.entries()) {
          const at = row * projectedWidth;
          // q and k lie side by side; learned positions are in x already.
          if (!places) rotateRow(projected, at, heads + kvHeads, size, cosine, sine, position);
          const to = (slot * context + position) * keyWidth;
          layer.cache.keys.set(projected.subarray(at + width, at + width + keyWidth), to);
          layer.cache.values.set(projected.subarray(at + width + keyWidth, at + projectedWidth), to);
        }
        addInto(x, linear(attendToCache(projected, rows, layer.cache, shape), layer.output));
        const up = linear(layer.feedForwardNorm(x), layer.up);
        addInto(x, linear(config.feedForward === "gelu" ? geluInPlace(up) : swigluRows(up, hidden), layer.down));
      }
      return finalNorm(x);
    },
    copySlot(from, to, length) {
      for (const { cache } of layers) {
        for (const block of [cache.keys, cache.values]) {
          const start = from * context * keyWidth;
          block.copyWithin(to * context * keyWidth, start, start + length * keyWidth);
        }
      }
    },
    dispose: () =>
      tf.dispose(
        layers.flatMap(({ attention, output, up, down }) => [attention, output, up, down].map(({ weight }) => weight)),
      ),
  };
}

function rotaryTables(config: ModelConfig): { cosine: Float32Array; sine: Float32Array } {
  const angles = rotaryAngleTable(config, config.context);
  return { cosine: angles.map(Math.cos), sine: angles.map(Math.sin) };
}

function normOf(parameters: Parameters, { norm, biases, normEpsilon }: ModelConfig, name: string): Norm {
  const vector = (part: string) => parameters.vector(`${name}.${part}`).dataSync<"float32">();
  const gain = vector("weight");
  if (norm === "rmsnorm") return (x) => normaliseRows(x, gain, normEpsilon);
  const bias = biases ? vector("bias") : undefined;
  return (x) => layerNormRows(x, gain, bias, normEpsilon);
}

/** Linear layers that read the same rows, one below the other. The caller disposes of the weight. */
function stackedLinear(tf: TensorFlow, parameters: Parameters, names: readonly string[]): Linear {
  const weights = names.map((name) => parameters.matrix(`${name}.weight`));
  const biases = names.flatMap((name) => parameters.variables.get(`${name}.bias`) ?? []);
  return {
    weight: tf.keep(tf.concat2d(weights, 0)),
    bias: biases.length > 0 ? Float32Array.from(biases.flatMap((bias) => [...bias.dataSync()])) : undefined,
  };
}
