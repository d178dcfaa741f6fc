import { sigmoid } from "../objectives/logistic.ts";
import { splitWords } from "../tokenizer/split-words.ts";

/** Buckets that words and pairs of words are hashed into; collisions are part of the method (Weinberger et al. 2009). */
export const bigramBuckets = 2 ** 16;
const epochs = 4;
const learningRate = 0.1;
const decay = 1e-4;

export interface TextPair {
  readonly a: string;
  readonly b: string;
  /** Probability that a is the better one: 1, 0, or ½ for a tie. */
  readonly target: number;
  readonly weight: number;
}

/**
 * Baseline for reward models: logistic regression on the difference of the two answers' hashed words and bigrams, trained
 * with AdaGrad (Duchi et al. 2011) in the given order. What it finds needs no language model.
 *
 * @returns the score of a text; a pair is predicted by the difference
 */
export function trainBigramBaseline(pairs: readonly TextPair[]): (text: string) => number {
  const weights = new Float64Array(bigramBuckets);
  const squares = new Float64Array(bigramBuckets).fill(1e-8);
  const scoreOf = (features: ReadonlyMap<number, number>) => {
    let score = 0;
    for (const [bucket, value] of features) score += value * (weights[bucket] ?? 0);
    return score;
  };
  const examples = pairs.map(({ a, b, target, weight }) => ({
    features: difference(bigramBag(a), bigramBag(b)),
    target,
    weight,
  }));
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const { features, target, weight } of examples) {
      const error = weight * (sigmoid(scoreOf(features)) - target);
      for (const [bucket, value] of features) {
        const gradient = error * value + decay * (weights[bucket] ?? 0);
        const square = (squares[bucket] ?? 0) + gradient ** 2;
        squares[bucket] = square;
        weights[bucket] = (weights[bucket] ?? 0) - (learningRate * gradient) / Math.sqrt(square);
      }
    }
  }
  return (text) => scoreOf(bigramBag(text));
}

/** Each word and each pair of neighbours, counted once and scaled to length 1. Han characters are words by themselves. */
export function bigramBag(text: string): Map<number, number> {
  const words = splitWords(text.toLowerCase())
    .flatMap((word) => word.trim().match(/\p{Script=Han}|\P{Script=Han}+/gu) ?? [])
    .filter((word) => word !== "");
  const found = new Set(words.flatMap((word, i) => [hash(word), hash(`${words[i - 1] ?? ""}\u0000${word}`)]));
  const value = 1 / Math.sqrt(Math.max(1, found.size));
  return new Map([...found].map((bucket) => [bucket, value]));
}

function difference(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): Map<number, number> {
  const result = new Map(a);
  for (const [bucket, value] of b) result.set(bucket, (result.get(bucket) ?? 0) - value);
  return result;
}

/** FNV-1a over UTF-16 units, folded to a bucket. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return (value >>> 0) % bigramBuckets;
}
