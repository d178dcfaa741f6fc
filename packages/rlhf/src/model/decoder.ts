import type { Rank, Tensor2D, Tensor4D } from "@tensorflow/tfjs";
import type { ModelConfig } from "@touchstone/contracts";
import { causalAttention, gelu, layerNorm, rmsNorm, rotary, swiglu, type TensorFlow } from "@touchstone/engine";
import type { Batch } from "./batch.ts";
import { linear } from "./linear.ts";
import type { Parameters } from "./parameters.ts";
import { rotaryFrequencies } from "./rotary-frequencies.ts";
import { headSize } from "./sizes.ts";
import { learnedPositions } from "./weight-shapes.ts";

/**
 * The normalised hidden state of every token, (B·T, d), to be read by a head.
 *
 * @throws RangeError if a row is longer than the positions that were learned
 */
export function hiddenStates(tf: TensorFlow, parameters: Parameters, config: ModelConfig, batch: Batch): Tensor2D {
  return new Decoder(tf, parameters, config).forward(batch);
}

/**
 * What stands in every token's place after some of the blocks, (B·T, d) each, in the order asked for: after `k` blocks for k
 * below their number, and the normalised state that heads read for k = their number, as `transformers` counts them. Nothing
 * can be learned through it: each block's own intermediates are given back before the next one, so that memory does not grow
 * with the depth.
 *
 * @param layers how many blocks each has gone through, from 0 to all
 * @throws RangeError if a row is longer than the positions that were learned
 */
export function layerStates(
  tf: TensorFlow,
  parameters: Parameters,
  config: ModelConfig,
  batch: Batch,
  layers: readonly number[],
): Tensor2D[] {
  return new Decoder(tf, parameters, config).statesAfter(batch, layers);
}

/**
 * A decoder-only Transformer of pre-normalised residual blocks: that of Llama (Touvron et al. 2023; RMSNorm, rotary
 * positions, SwiGLU), that of GPT-2 (Radford et al. 2019; LayerNorm, learned positions, GELU, biases), that of Qwen (Yang et
 * al. 2025; Llama's with biases or norms of queries and keys), or a mixture, as the config says.
 *
 * Shapes in comments: B rows, T tokens a row, d width, H query heads, G key/value heads, s values a head (d/H by default),
 * f the width inside a feed-forward layer. Tokens of all rows stand below each other, (B·T, d), but in attention.
 */
class Decoder {
  constructor(
    private readonly tf: TensorFlow,
    private readonly parameters: Parameters,
    private readonly config: ModelConfig,
  ) {}

  forward(batch: Batch): Tensor2D {
    const { tf, config } = this;
    const angles = config.positions === "learned" ? undefined : rotaryAngles(tf, config, batch.length); // (T, s/2) each
    let x = this.embed(batch); // (B·T, d)
    for (let layer = 0; layer < config.layers; layer++) x = this.block(layer, x, batch, angles);
    return this.norm("model.norm", x); // (B·T, d)
  }

  statesAfter(batch: Batch, layers: readonly number[]): Tensor2D[] {
    const { tf, config } = this;
    const angles = config.positions === "learned" ? undefined : rotaryAngles(tf, config, batch.length); // (T, s/2) each
    const found = new Map<number, Tensor2D>();
    let x = this.embed(batch); // (B·T, d)
    for (let layer = 0; layer < config.layers; layer++) {
      if (layers.includes(layer)) found.set(layer, x);
      const before = x;
      x = tf.tidy(() => this.block(layer, before, batch, angles));
      if (!found.has(layer)) before.dispose();
    }
    found.set(config.layers, this.norm("model.norm", x));
    return layers.map((layer) => {
      const states = found.get(layer);
      if (!states)
        throw new RangeError(`the model has ${config.layers} blocks, and its state after ${layer} was asked for`);
      return states;
    });
  }

  /** One residual block. (B·T, d) → (B·T, d) */
  private block(layer: number, x: Tensor2D, batch: Batch, angles: RotaryAngles | undefined): Tensor2D {
    const { tf } = this;
    const name = `model.layers.${layer}`;
    const attended = this.attention(`${name}.self_attn`, this.norm(`${name}.input_layernorm`, x), batch, angles);
    const between = tf.add<Tensor2D>(x, attended); // (B·T, d)
    const fed = this.feedForward(`${name}.mlp`, this.norm(`${name}.post_attention_layernorm`, between));
    return tf.add<Tensor2D>(between, fed); // (B·T, d)
  }

  /** Each token's vector, plus its position's where positions are learned. (B·T) ids → (B·T, d) */
  private embed({ ids, length }: Batch): Tensor2D {
    const { tf, config } = this;
    const tokens = this.rowsOfTable("model.embed_tokens.weight", ids); // (B·T, d)
    if (config.positions !== "learned") return tokens;
    refuseBeyondContext(config, length);
    const positions = ids.map((_, index) => index % length); // (B·T)
    return tf.add<Tensor2D>(tokens, this.rowsOfTable(learnedPositions, positions)); // (B·T, d)
  }

  /** Causal attention of H query heads over G key/value heads, and its output projection. (B·T, d) → (B·T, d) */
  private attention(name: string, x: Tensor2D, { rows, length }: Batch, angles: RotaryAngles | undefined): Tensor2D {
    const { tf, config } = this;
    const { heads, kvHeads } = config;
    const size = headSize(config);
    const project = (layer: string, count: number): Tensor4D =>
      tf.reshape(this.linear(`${name}.${layer}`, x), [rows, length, count, size]); // (B, T, count, s)
    const normed = (layer: string, vectors: Tensor4D): Tensor4D =>
      config.headNorms
        ? rmsNorm(tf, vectors, this.parameters.vector(`${name}.${layer}.weight`), config.normEpsilon)
        : vectors;
    const rotated = (vectors: Tensor4D) => (angles ? rotary(tf, vectors, angles.cosine, angles.sine) : vectors);
    const q = rotated(normed("q_norm", project("q_proj", heads))); // (B, T, H, s)
    const k = rotated(normed("k_norm", project("k_proj", kvHeads))); // (B, T, G, s)
    const v = project("v_proj", kvHeads); // (B, T, G, s)
    const mixed = causalAttention(tf, q, k, v); // (B, T, H, s)
    const concatenated = tf.reshape<Rank.R2>(mixed, [rows * length, heads * size]); // (B·T, H·s)
    return this.linear(`${name}.o_proj`, concatenated); // (B·T, d)
  }

  /** SwiGLU (Shazeer 2020) or GELU between two linear layers. (B·T, d) → (B·T, f) → (B·T, d) */
  private feedForward(name: string, x: Tensor2D): Tensor2D {
    const { tf, config } = this;
    const up = this.linear(`${name}.up_proj`, x); // (B·T, f)
    const activated =
      config.feedForward === "gelu" ? gelu(tf, up) : swiglu(tf, this.linear(`${name}.gate_proj`, x), up); // (B·T, f)
    return this.linear(`${name}.down_proj`, activated); // (B·T, d)
  }

  /** RMSNorm (Zhang and Sennrich 2019) or LayerNorm (Ba et al. 2016) of each token's vector. (B·T, d) → (B·T, d) */
  private norm(name: string, x: Tensor2D): Tensor2D {
    const { tf, parameters, config } = this;
    const gain = parameters.vector(`${name}.weight`); // (d)
    if (config.norm === "rmsnorm") return rmsNorm(tf, x, gain, config.normEpsilon);
    const bias = config.biases ? parameters.vector(`${name}.bias`) : undefined; // (d)
    return layerNorm(tf, x, gain, bias, config.normEpsilon);
  }

  private linear(name: string, x: Tensor2D): Tensor2D {
    return linear(this.tf, this.parameters, name, x);
  }

  /** (N) indices into a table (M, d) → (N, d) */
  private rowsOfTable(name: string, indices: Int32Array): Tensor2D {
    const { tf, parameters } = this;
    return tf.gather(parameters.matrix(name), tf.tensor1d(indices, "int32"));
  }
}

/** @throws RangeError if `length` positions are more than the model has learned */
function refuseBeyondContext({ context }: ModelConfig, length: number): void {
  if (length <= context) return;
  throw new RangeError(`a sequence of ${length} tokens goes beyond the ${context} positions that the model learned`);
}

interface RotaryAngles {
  readonly cosine: Tensor2D;
  readonly sine: Tensor2D;
}

/** cos and sin of position · frequency, each (T, s/2). */
function rotaryAngles(tf: TensorFlow, config: ModelConfig, length: number): RotaryAngles {
  const angles = rotaryAngleTable(config, length); // (T · s/2)
  const shape: [number, number] = [length, headSize(config) / 2];
  return { cosine: tf.tensor2d(angles.map(Math.cos), shape), sine: tf.tensor2d(angles.map(Math.sin), shape) };
}

/** Angles of the first `length` positions, (T, s/2) row-major. */
export function rotaryAngleTable(config: ModelConfig, length: number): Float32Array {
  const frequencies = rotaryFrequencies(config); // (s/2)
  const half = frequencies.length;
  return Float32Array.from({ length: length * half }, (_, index) => {
    const position = Math.floor(index / half);
    return position * (frequencies[index % half] ?? 0);
  });
}
