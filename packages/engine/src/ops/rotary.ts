import type { Tensor, Tensor4D } from "@tensorflow/tfjs";
import type { TensorFlow } from "../tensorflow.ts";
import { type FusedGradient, hasKernel, runFused } from "./fused.ts";

const gradient: FusedGradient = {
  kernelName: "TouchstoneRotary",
  savedInputs: ["cosine", "sine"],
  savedOutputs: [],
  gradientKernel: "TouchstoneRotaryGradient",
  gradientsOf: ["x"],
};

/**
 * Rotary position embedding (Su et al. 2021): every pair of channels is turned by an angle that grows with its position.
 *
 * @param x (batch, positions, heads, size)
 * @param cosine (positions, size/2), or (batch, positions, size/2) when rows stand at different positions
 * @param sine like `cosine`; both constants: cos and sin of position · base^(−2c/size) for
 *   the channel pairs c
 * @param interleaved pairs are (0, 1), (2, 3), … as in Llama's own weights; else (c, c + size/2) as in GPT-NeoX and the
 *   Hugging Face port
 */
export function rotary(
  tf: TensorFlow,
  x: Tensor4D,
  cosine: Tensor,
  sine: Tensor,
  options: { interleaved?: boolean } = {},
): Tensor4D {
  const interleaved = options.interleaved ?? false;
  const [batch, positions, , size] = x.shape;
  const table = cosine.rank === 3 ? [batch, positions, size / 2] : [positions, size / 2];
  if (size % 2 !== 0 || cosine.shape.join() !== table.join() || sine.shape.join() !== table.join()) {
    throw new Error(`rotary: tables of shape [${cosine.shape}] and [${sine.shape}] do not fit x of shape [${x.shape}]`);
  }
  if (hasKernel(tf, gradient.kernelName)) return runFused<Tensor4D>(tf, gradient, { x, cosine, sine }, { interleaved });
  return tf.tidy(() => turn(tf, x, cosine.expandDims(-2), sine.expandDims(-2), interleaved));
}

/** @param cos and sin: (positions, 1, size/2) or (batch, positions, 1, size/2) */
function turn(tf: TensorFlow, x: Tensor4D, cos: Tensor, sin: Tensor, interleaved: boolean): Tensor4D {
  if (!interleaved) {
    const [left, right] = tf.split(x, 2, -1);
    if (left === undefined || right === undefined) throw new Error("rotary: no halves");
    return tf.concat4d([left.mul(cos).sub(right.mul(sin)), left.mul(sin).add(right.mul(cos))], 3);
  }
  const [batch, positions, heads, size] = x.shape;
  const [left, right] = tf.unstack(x.reshape([batch, positions, heads, size / 2, 2]), -1);
  if (left === undefined || right === undefined) throw new Error("rotary: no pairs");
  return tf.stack([left.mul(cos).sub(right.mul(sin)), left.mul(sin).add(right.mul(cos))], -1).reshape(x.shape);
}
