import type { Rank, Tensor2D } from "@tensorflow/tfjs";
import type { ModelConfig } from "@touchstone/contracts";
import { causalAttention, rmsNorm, rotary, swiglu, type TensorFlow } from "@touchstone/engine";
import type { Batch } from "./batch.ts";
import type { Parameters } from "./parameters.ts";

/**
 * The decoder of Llama (Touvron et al. 2023): pre-normalised residual blocks of causal attention and SwiGLU.
 * Shapes in comments: B rows, T tokens a row, d width, H heads, G key/value heads, s = d/H.
 *
 * @returns the normalised hidden state of every token, (B·T, d), to be read by a head
 */
export function hiddenStates(tf: TensorFlow, parameters: Parameters, config: ModelConfig, batch: Batch): Tensor2D {
  const { heads, kvHeads, width, layers, normEpsilon } = config;
  const { rows, length } = batch;
  const size = width / heads;
  const { cosine, sine } = rotaryAngles(tf, config, length);
  const linear = (x: Tensor2D, name: string) => tf.matMul<Tensor2D>(x, parameters.matrix(name), false, true);

  let x = tf.gather<Tensor2D>(parameters.matrix("model.embed_tokens.weight"), tf.tensor1d(batch.ids, "int32")); // (B·T, d)
  for (let layer = 0; layer < layers; layer++) {
    const at = `model.layers.${layer}`;
    const normed = rmsNorm(tf, x, parameters.vector(`${at}.input_layernorm.weight`), normEpsilon);
    const project = (name: string, count: number) =>
      tf.reshape<Rank.R4>(linear(normed, `${at}.self_attn.${name}.weight`), [rows, length, count, size]); // (B, T, H|G, s)
    const q = rotary(tf, project("q_proj", heads), cosine, sine);
    const k = rotary(tf, project("k_proj", kvHeads), cosine, sine);
    const v = project("v_proj", kvHeads);
    const mixed = tf.reshape<Rank.R2>(causalAttention(tf, q, k, v), [rows * length, width]); // (B, T, H, s) → (B·T, d)
    x = tf.add<Tensor2D>(x, linear(mixed, `${at}.self_attn.o_proj.weight`));

    const again = rmsNorm(tf, x, parameters.vector(`${at}.post_attention_layernorm.weight`), normEpsilon);
    const gated = swiglu(tf, linear(again, `${at}.mlp.gate_proj.weight`), linear(again, `${at}.mlp.up_proj.weight`));
    x = tf.add<Tensor2D>(x, linear(gated, `${at}.mlp.down_proj.weight`));
  }
  return rmsNorm(tf, x, parameters.vector("model.norm.weight"), normEpsilon);
}

/** cos and sin of position · θ^(−2c/s), each (T, s/2). */
function rotaryAngles(tf: TensorFlow, config: ModelConfig, length: number): { cosine: Tensor2D; sine: Tensor2D } {
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
