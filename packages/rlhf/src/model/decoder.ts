import type { Rank, Tensor2D } from "@tensorflow/tfjs";
import type { ModelConfig } from "@touchstone/contracts";
import { causalAttention, gelu, layerNorm, rmsNorm, rotary, swiglu, type TensorFlow } from "@touchstone/engine";
import type { Batch } from "./batch.ts";
import { linear } from "./linear.ts";
import type { Parameters } from "./parameters.ts";
import { learnedPositions } from "./weight-shapes.ts";

/**
 * A decoder-only Transformer of pre-normalised residual blocks: that of Llama (Touvron et al. 2023; RMSNorm, rotary
 * positions, SwiGLU), that of GPT-2 (Radford et al. 2019; LayerNorm, learned positions, GELU, biases), or a mixture, as
 * the config says. Shapes in comments: B rows, T tokens a row, d width, H heads, G key/value heads, s = d/H.
 *
 * @returns the normalised hidden state of every token, (B·T, d), to be read by a head
 * @throws RangeError if a row is longer than the positions that were learned
 */
export function hiddenStates(tf: TensorFlow, parameters: Parameters, config: ModelConfig, batch: Batch): Tensor2D {
  const turn = config.positions === "learned" ? undefined : rotaryAngles(tf, config, batch.length);
  const norm = (x: Tensor2D, name: string) => normalised(tf, parameters, config, name, x);
  let x = embedded(tf, parameters, config, batch); // (B·T, d)
  for (let layer = 0; layer < config.layers; layer++) {
    const at = `model.layers.${layer}`;
    const calm = norm(x, `${at}.input_layernorm`);
    x = tf.add<Tensor2D>(x, attention(tf, parameters, config, batch, turn, `${at}.self_attn`, calm));
    const again = norm(x, `${at}.post_attention_layernorm`);
    x = tf.add<Tensor2D>(x, feedForward(tf, parameters, config, `${at}.mlp`, again));
  }
  return norm(x, "model.norm");
}

/** Each token's vector, plus its position's where positions are learned. (B·T, d) */
function embedded(tf: TensorFlow, parameters: Parameters, config: ModelConfig, { ids, length }: Batch): Tensor2D {
  const look = (table: string, indices: Int32Array) =>
    tf.gather<Tensor2D>(parameters.matrix(table), tf.tensor1d(indices, "int32"));
  const tokens = look("model.embed_tokens.weight", ids);
  if (config.positions !== "learned") return tokens;
  refuseBeyondContext(config, length);
  const places = ids.map((_, index) => index % length);
  return tf.add<Tensor2D>(tokens, look(learnedPositions, places));
}

/** @throws RangeError if `length` positions are more than the model has learned */
function refuseBeyondContext({ context }: ModelConfig, length: number): void {
  if (length <= context) return;
  throw new RangeError(`a sequence of ${length} tokens goes beyond the ${context} positions that the model learned`);
}

function normalised(tf: TensorFlow, parameters: Parameters, config: ModelConfig, name: string, x: Tensor2D): Tensor2D {
  const gain = parameters.vector(`${name}.weight`);
  if (config.norm === "rmsnorm") return rmsNorm(tf, x, gain, config.normEpsilon);
  return layerNorm(tf, x, gain, config.biases ? parameters.vector(`${name}.bias`) : undefined, config.normEpsilon);
}

/** Causal attention of H query heads over G key/value heads, and its output projection. (B·T, d) → (B·T, d) */
function attention(
  tf: TensorFlow,
  parameters: Parameters,
  { heads, kvHeads, width }: ModelConfig,
  { rows, length }: Batch,
  turn: RotaryAngles | undefined,
  at: string,
  x: Tensor2D,
): Tensor2D {
  const project = (name: string, count: number) =>
    tf.reshape<Rank.R4>(linear(tf, parameters, `${at}.${name}`, x), [rows, length, count, width / heads]); // (B, T, H|G, s)
  const place = (vectors: ReturnType<typeof project>) => (turn ? rotary(tf, vectors, turn.cosine, turn.sine) : vectors);
  const q = place(project("q_proj", heads));
  const k = place(project("k_proj", kvHeads));
  const v = project("v_proj", kvHeads);
  const mixed = tf.reshape<Rank.R2>(causalAttention(tf, q, k, v), [rows * length, width]); // (B, T, H, s) → (B·T, d)
  return linear(tf, parameters, `${at}.o_proj`, mixed);
}

/** SwiGLU (Shazeer 2020) or GELU between two linear layers. (B·T, d) → (B·T, hidden) → (B·T, d) */
function feedForward(tf: TensorFlow, parameters: Parameters, config: ModelConfig, at: string, x: Tensor2D): Tensor2D {
  const up = linear(tf, parameters, `${at}.up_proj`, x);
  const active =
    config.feedForward === "gelu" ? gelu(tf, up) : swiglu(tf, linear(tf, parameters, `${at}.gate_proj`, x), up);
  return linear(tf, parameters, `${at}.down_proj`, active);
}

interface RotaryAngles {
  readonly cosine: Tensor2D;
  readonly sine: Tensor2D;
}

/** cos and sin of position · θ^(−2c/s), each (T, s/2). */
function rotaryAngles(tf: TensorFlow, config: ModelConfig, length: number): RotaryAngles {
  const angles = rotaryAngleTable(config, length);
  const shape: [number, number] = [length, config.width / config.heads / 2];
  return { cosine: tf.tensor2d(angles.map(Math.cos), shape), sine: tf.tensor2d(angles.map(Math.sin), shape) };
}

/** Angles of the first `length` positions, (T, s/2) row-major. */
export function rotaryAngleTable({ width, heads, ropeTheta }: ModelConfig, length: number): Float32Array {
  const half = width / heads / 2;
  return Float32Array.from({ length: length * half }, (_, index) => {
    const position = Math.floor(index / half);
    return position * ropeTheta ** (-(index % half) / half);
  });
}
