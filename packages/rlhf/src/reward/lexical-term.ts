import type { Rank, Scalar, Tensor1D } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";
import { meanOf } from "../arithmetic.ts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import type { LexicalTerm } from "../model/head.ts";
import type { Parameters } from "../model/parameters.ts";
import { lexicalLength, lexicalTokens } from "../model/weight-shapes.ts";

/** Features of a unit-length bag are about 0.1 each; a few times larger, their weights move as fast as the network's. */
const bagScale = 5;

/**
 * What an answer's words alone say of its reward, (B): a linear model on the bag of its tokens and of their neighbouring pairs,
 * hashed, and on the logarithm of its length. It is the wide half of wide and deep learning (Cheng et al. 2016): some thousand
 * labels are enough for it, where the network needs tens of thousands to see as much. Since length has a weight of its own, it
 * can be read off, and taken out.
 */
export function lexicalRewards(
  tf: TensorFlow,
  parameters: Parameters,
  { buckets, length }: LexicalTerm,
  answers: readonly AnswerSequence[],
): Tensor1D {
  const bags = answers.map((answer) => bagOf(answer, buckets));
  const owner = bags.flatMap((bag, index) => bag.map(() => index));
  const table = parameters.matrix(lexicalTokens);
  const weights = tf.reshape<Rank.R1>(tf.gather(table, tf.tensor1d(bags.flat(), "int32")), [-1]); // (N)
  const values = owner.map((index) => bagScale / Math.sqrt(bags[index]?.length ?? 1));
  const weighted = tf.mul<Tensor1D>(weights, tf.tensor1d(values));
  const words = tf.unsortedSegmentSum<Tensor1D>(weighted, tf.tensor1d(owner, "int32"), answers.length);
  const lengths = answers.map((answer) => (logLength(answer) - length.mean) / length.standardDeviation);
  const ofLength = tf.mul(tf.tensor1d(lengths), tf.reshape<Rank.R0>(parameters.vector(lexicalLength), []) as Scalar);
  return tf.add<Tensor1D>(words, ofLength);
}

/** @param buckets of the hashed bag; 0 for no such term */
export function lexicalTermOn(answers: readonly AnswerSequence[], buckets: number): LexicalTerm | undefined {
  if (buckets === 0) return undefined;
  const lengths = answers.map(logLength);
  const mean = meanOf(lengths);
  const deviation = Math.sqrt(meanOf(lengths.map((length) => (length - mean) ** 2)));
  return { buckets, length: { mean, standardDeviation: Math.max(deviation, 1e-3) } };
}

function logLength({ ids, answerStart }: AnswerSequence): number {
  return Math.log(Math.max(1, ids.length - answerStart));
}

/** Buckets of the different tokens and pairs of neighbours; the end of the answer is one of them, so none is empty. */
function bagOf({ ids, answerStart }: AnswerSequence, buckets: number): number[] {
  const answer = ids.slice(answerStart);
  const features = answer.flatMap((token, index) => [hash(token, -1), hash(token, answer[index - 1] ?? -2)]);
  return [...new Set(features.map((feature) => feature % buckets))];
}

/** MurmurHash3's finaliser over both numbers. */
function hash(token: number, before: number): number {
  let value = Math.imul(token + 1, 0x9e3779b1) ^ Math.imul(before + 3, 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
