import type { Tensor2D } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";
import { meanOf } from "../arithmetic.ts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import type { LexicalTerm } from "../model/head.ts";
import type { Parameters } from "../model/parameters.ts";
import { lexicalLength, lexicalWords } from "../model/weight-shapes.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";

/** Features of a unit-length bag are about 0.1 each; a few times larger, their weights move as fast as the network's. */
const bagScale = 5;

/**
 * What an answer's words alone say of its reward by each head, (B, heads): a linear model on the bag of its words and of their neighbouring pairs,
 * hashed, and on the logarithm of its length. It is the wide half of wide and deep learning (Cheng et al. 2016): some thousand
 * labels are enough for it, where the network needs tens of thousands to see as much. Since length has a weight of its own, it
 * can be read off, and taken out.
 */
export function lexicalRewards(
  tf: TensorFlow,
  parameters: Parameters,
  term: LexicalTerm,
  answers: readonly Words[],
): Tensor2D {
  const { words, length } = lexicalParts(tf, parameters, term, answers);
  return tf.add<Tensor2D>(words, length);
}

/** The two that it is the sum of, by each head: what the words say, and what their number does. Both (B, heads). */
export function lexicalParts(
  tf: TensorFlow,
  parameters: Parameters,
  { buckets, length }: LexicalTerm,
  answers: readonly Words[],
): { readonly words: Tensor2D; readonly length: Tensor2D } {
  const bags = answers.map((answer) => bagOf(answer, buckets));
  const owner = bags.flatMap((bag, index) => bag.map(() => index));
  const table = parameters.matrix(lexicalWords);
  const weights = tf.gather<Tensor2D>(table, tf.tensor1d(bags.flat(), "int32")); // (N, heads)
  const values = owner.map((index) => bagScale / Math.sqrt(bags[index]?.length ?? 1));
  const weighted = tf.mul<Tensor2D>(weights, tf.tensor2d(values, [values.length, 1]));
  const words = tf.unsortedSegmentSum<Tensor2D>(weighted, tf.tensor1d(owner, "int32"), answers.length);
  const lengths = answers.map((answer) => (logLength(answer) - length.mean) / length.standardDeviation);
  const ofLength = tf.mul<Tensor2D>(tf.tensor2d(lengths, [lengths.length, 1]), parameters.vector(lexicalLength));
  return { words, length: ofLength };
}

/** @param buckets of the hashed bag; 0 for no such term */
export function lexicalTermOn(answers: readonly Words[], buckets: number): LexicalTerm | undefined {
  if (buckets === 0) return undefined;
  const lengths = answers.map(logLength);
  const mean = meanOf(lengths);
  const deviation = Math.sqrt(meanOf(lengths.map((length) => (length - mean) ** 2)));
  return { buckets, length: { mean, standardDeviation: Math.max(deviation, 1e-3) } };
}

/** The words of an answer, as it was written: case and punctuation say something about it too. */
export type Words = readonly string[];

/** The words of each answer without its special tokens. Han characters are words by themselves. */
export function wordsOf(tokenizer: Tokenizer, { ids, answerStart }: AnswerSequence): Words {
  return wordsIn(tokenizer.decodeAnswer(ids.slice(answerStart)));
}

/** The words of a text, and its marks. */
export function wordsIn(text: string): Words {
  return text.match(/\p{Script=Han}|[\p{L}\p{N}']+|[^\s\p{L}\p{N}]/gu) ?? [];
}

function logLength(words: Words): number {
  return Math.log(1 + words.length);
}

/** Buckets of the different words and pairs of neighbours; the answer's beginning and end count, so none is empty. */
function bagOf(words: Words, buckets: number): number[] {
  const marked = [...words, "\n"];
  const features = marked.flatMap((word, index) => [hash(word), hash(`${marked[index - 1] ?? "\n"} ${word}`)]);
  return [...new Set(features.map((feature) => feature % buckets))];
}

/** FNV-1a over UTF-16 units and MurmurHash3's finaliser, since the low bits of FNV alone hardly mix. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
