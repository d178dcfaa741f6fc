import type { Tensor4D } from "@tensorflow/tfjs";
import type { TensorFlow } from "../tensorflow.ts";
import { type FusedGradient, hasKernel, runFused } from "./fused.ts";

const gradient: FusedGradient = {
  kernelName: "TouchstoneAttention",
  savedInputs: ["q", "k", "v"],
  savedOutputs: ["out", "stats"],
  gradientKernel: "TouchstoneAttentionGradient",
  gradientsOf: ["q", "k", "v"],
};

/**
 * Causal attention of every head, softmax(scale · q·kᵀ)·v, without storing the weights (Dao et al. 2022). Nothing is
 * transposed: all four tensors keep the layout in which the projections leave them.
 *
 * Query i sees the keys up to i + keys − queries, so that with more keys than queries the queries are the last positions.
 * A row padded at its end is right as it stands: no real position sees the padding.
 *
 * @param q (batch, queries, heads, size)
 * @param k (batch, keys, groups, size), heads a multiple of groups (grouped-query attention, Ainslie et al. 2023)
 * @param v like k
 * @returns like q
 */
export function causalAttention(
  tf: TensorFlow,
  q: Tensor4D,
  k: Tensor4D,
  v: Tensor4D,
  scale = 1 / Math.sqrt(q.shape[3]),
): Tensor4D {
  const [batch, queries, heads, size] = q.shape;
  const [, keys, groups] = k.shape;
  const fits = k.shape[0] === batch && k.shape[3] === size && v.shape.join() === k.shape.join();
  if (!fits || heads % groups !== 0 || keys < queries) {
    throw new Error(`causalAttention: q [${q.shape}], k [${k.shape}] and v [${v.shape}] do not fit`);
  }
  // The kernel works on four channels at a time.
  if (size % 4 === 0 && hasKernel(tf, gradient.kernelName))
    return runFused<Tensor4D>(tf, gradient, { q, k, v }, { scale });
  return tf.tidy(() => composed(tf, q, k, v, scale));
}

/** The definition, out of stock ops. */
function composed(tf: TensorFlow, q: Tensor4D, k: Tensor4D, v: Tensor4D, scale: number): Tensor4D {
  const [, queries, heads] = q.shape;
  const [, keys, groups] = k.shape;
  const groupOfHead = Int32Array.from({ length: heads }, (_, head) => Math.floor((head * groups) / heads));
  const byHead = (x: Tensor4D) => tf.gather(x, tf.tensor1d(groupOfHead, "int32"), 2).transpose([0, 2, 1, 3]); // (batch, heads, keys, size)
  const visible = tf.linalg.bandPart(tf.ones([queries, keys]), -1, keys - queries);
  const scores = q
    .transpose([0, 2, 1, 3])
    .matMul(byHead(k), false, true) // (batch, heads, queries, keys)
    .mul(scale)
    .add(visible.sub(1).mul(1e9));
  return scores.softmax().matMul(byHead(v)).transpose<Tensor4D>([0, 2, 1, 3]);
}
