import type { Rank, Tensor, Tensor1D, Tensor2D, Tensor4D } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";

/** RMSNorm (Zhang and Sennrich 2019) over the last axis. */
export function rmsNorm(tf: TensorFlow, x: Tensor2D, gain: Tensor1D, epsilon: number): Tensor2D {
  const meanSquare = tf.mean(tf.square(x), -1, true);
  return tf.mul<Tensor2D>(tf.mul(x, tf.rsqrt(tf.add(meanSquare, epsilon))), gain);
}

/** SwiGLU (Shazeer 2020): gate · σ(gate) · up. */
export function swiglu(tf: TensorFlow, gate: Tensor2D, up: Tensor2D): Tensor2D {
  return tf.mul<Tensor2D>(tf.mul(gate, tf.sigmoid(gate)), up);
}

/** Rotary positions (Su et al. 2021), pairs (c, c + size/2). x (B, T, heads, size), cosine and sine (T, 1, size/2). */
export function rotary(tf: TensorFlow, x: Tensor4D, cosine: Tensor, sine: Tensor): Tensor4D {
  const [left, right] = tf.split(x, 2, -1);
  if (!left || !right) throw new RangeError("rotary positions need an even head size");
  return tf.concat<Tensor4D>(
    [
      tf.sub<Tensor4D>(tf.mul(left, cosine), tf.mul(right, sine)),
      tf.add<Tensor4D>(tf.mul(left, sine), tf.mul(right, cosine)),
    ],
    -1,
  );
}

/** Causal attention. q (B, T, heads, size), k and v (B, T, groups, size); out as q. */
export function attention(tf: TensorFlow, q: Tensor4D, k: Tensor4D, v: Tensor4D): Tensor4D {
  const [batch, length, heads, size] = q.shape;
  const groups = k.shape[2];
  const spread = (x: Tensor4D) => {
    const apart = tf.reshape(x, [batch, length, groups, 1, size]);
    return tf.reshape<Rank.R4>(tf.tile(apart, [1, 1, 1, heads / groups, 1]), [batch, length, heads, size]);
  };
  const byHead = (x: Tensor4D) => tf.transpose<Tensor4D>(x, [0, 2, 1, 3]); // (B, heads, T, size)
  const scores = tf.mul(tf.matMul(byHead(q), byHead(spread(k)), false, true), 1 / Math.sqrt(size)); // (B, heads, T, T)
  const future = tf.mul(tf.sub(tf.linalg.bandPart(tf.ones([length, length]), -1, 0), 1), 1e9); // −1e9 above the diagonal
  return byHead(tf.matMul(tf.softmax(tf.add(scores, future)), byHead(spread(v))));
}
