import type { Scalar, Tensor1D, Tensor2D } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";
import { stopGradient } from "./stop-gradient.ts";
import { weightedMean } from "./weighted-mean.ts";

/** Implicit language Q-learning (Snell et al. 2022, eqs. 4–6), on N flattened token positions and V actions. */
export interface IlqlBatch {
  /** Q of each online head, (N, V); usually two. */
  readonly q: readonly Tensor2D[];
  /** Q of each target head (Polyak average of the online one), (N, V); never differentiated. */
  readonly targetQ: readonly Tensor2D[];
  /** V(s), (N). */
  readonly value: Tensor1D;
  /** V(s′) at the position after the taken token, (N); never differentiated; ignored where the answer ends. */
  readonly nextValue: Tensor1D;
  /** Logits of the language-model head, (N, V). */
  readonly logits: Tensor2D;
  /** The token taken, (N), int32. */
  readonly action: Tensor1D;
  /** Reward on taking it, (N); the answer's score at its last token, 0 elsewhere. */
  readonly reward: Tensor1D;
  /** 1 where the answer goes on after the token, 0 at its last one, (N). */
  readonly continues: Tensor1D;
  /** 1 for a position of an answer, 0 for prompt and padding, (N); other weights are allowed. */
  readonly mask: Tensor1D;
}

export interface IlqlOptions {
  /** Discount; .99 in the published settings. */
  readonly gamma: number;
  /** Expectile of the value loss; .6–.7 published, .5 is the behaviour's own value. */
  readonly tau: number;
  /** Weight of the conservative term: 1e-4 (Snell) to .1 (trlx). */
  readonly cqlWeight: number;
  /** Weight of the language-model cross-entropy that keeps the decoded policy fluent. */
  readonly lmWeight: number;
  /**
   * κ of the weights exp(κ(Q̄ − V)) that the language-model loss gives each token: the language model itself moves towards what
   * paid off (Kostrikov et al. 2021, eq. 7). 0, the default, imitates all tokens alike.
   */
  readonly imitationSharpness?: number;
}

/** Keeps a few lucky tokens from carrying the whole batch. */
const largestImitationWeight = 20;

/** Masked means in their natural units; `total` is what is minimised. */
export interface IlqlLosses {
  readonly total: Scalar;
  readonly q: Scalar;
  readonly value: Scalar;
  readonly cql: Scalar;
  readonly lm: Scalar;
}

/** L_τ(u) = |τ − 1(u < 0)| u², u = target − estimate; its minimiser is the τ-expectile (Kostrikov et al. 2021, eq. 5). */
export function expectile(u: number, tau: number): number {
  return Math.abs(tau - (u < 0 ? 1 : 0)) * u ** 2;
}

/** The same elementwise over (N), as τ·max(u,0)² + (1 − τ)·max(−u,0)²: the step function has no gradient in tfjs. */
export function expectileLoss(tf: TensorFlow, target: Tensor1D, estimate: Tensor1D, tau: number): Tensor1D {
  const u = tf.sub<Tensor1D>(target, estimate);
  return tf.add<Tensor1D>(tf.mul(tf.square(tf.relu(u)), tau), tf.mul(tf.square(tf.relu(tf.neg(u))), 1 - tau));
}

function leastOf(tf: TensorFlow, heads: readonly Tensor1D[]): Tensor1D {
  return heads.reduce((a, b) => tf.minimum<Tensor1D>(a, b));
}

/** exp(κ(Q̄ − V)), at most {@link largestImitationWeight}, (N). */
function imitationOf(tf: TensorFlow, pessimistic: Tensor1D, value: Tensor1D, sharpness: number): Tensor1D {
  const advantage = tf.sub(pessimistic, value); // Q̄ − V, (N)
  return tf.minimum<Tensor1D>(tf.exp(tf.mul(advantage, sharpness)), largestImitationWeight);
}

/**
 * What each token weighs in the language-model loss, (N). Its mean over a batch that is computed in parts needs their sum
 * beforehand.
 */
export function imitationWeights(
  tf: TensorFlow,
  { targetQ, value, action }: Pick<IlqlBatch, "targetQ" | "value" | "action">,
  sharpness: number,
): Tensor1D {
  return tf.tidy(() => {
    const taken = targetQ.map((head) => tf.sum<Tensor1D>(tf.mul(head, tf.oneHot(action, head.shape[1])), 1));
    return imitationOf(tf, leastOf(tf, taken), value, sharpness);
  });
}

/**
 * The four losses. Gradients reach `q`, `value` and `logits` only:
 * L_Q = (Q(s,a) − (r + γ V(s′)))², summed over heads; L_V = expectile of min target Q(s,a) about V(s);
 * CQL = −log softmax(Q)(a), summed over heads; LM = −log softmax(logits)(a).
 */
export function ilqlLosses(tf: TensorFlow, batch: IlqlBatch, options: IlqlOptions): IlqlLosses {
  return tf.tidy(() => {
    const actions = batch.logits.shape[1];
    // A one-hot product rather than gather: gather's gradient is a scatter over N·V segments, slow on some back ends.
    const taken = tf.cast(tf.oneHot(batch.action, actions), "float32"); // (N, V)
    const pick = (table: Tensor2D) => tf.sum<Tensor1D>(tf.mul(table, taken), 1); // (N, V) → (N)
    const mean = (x: Tensor1D) => weightedMean(tf, x, batch.mask);
    const addAll = (terms: Scalar[]) => tf.addN<Scalar>(terms);

    const future = tf.mul<Tensor1D>(tf.mul(batch.continues, options.gamma), batch.nextValue);
    const goal = stopGradient(tf, tf.add<Tensor1D>(batch.reward, future)); // r + γ V(s′), (N)
    const pessimistic = stopGradient(tf, leastOf(tf, batch.targetQ.map(pick))); // Q̄ = min over target heads, (N)
    const surprise = (logits: Tensor2D) => tf.neg<Tensor1D>(pick(tf.logSoftmax<Tensor2D>(logits)));
    const crossEntropy = (logits: Tensor2D) => mean(surprise(logits));
    const imitation = stopGradient(tf, imitationOf(tf, pessimistic, batch.value, options.imitationSharpness ?? 0));

    const q = addAll(batch.q.map((head) => mean(tf.squaredDifference(pick(head), goal))));
    const value = mean(expectileLoss(tf, pessimistic, batch.value, options.tau));
    const cql = addAll(batch.q.map(crossEntropy));
    const lm = weightedMean(tf, surprise(batch.logits), tf.mul<Tensor1D>(imitation, batch.mask));
    const total = addAll([q, value, tf.mul(cql, options.cqlWeight), tf.mul(lm, options.lmWeight)]);
    return { total, q, value, cql, lm };
  });
}
