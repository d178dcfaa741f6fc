import type { Tensor2D } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";
import { meanOf, sumOf } from "../arithmetic.ts";
import type { SurfaceTerm } from "../model/head.ts";
import type { Parameters } from "../model/parameters.ts";
import { surfaceWeights } from "../model/weight-shapes.ts";
import type { Words } from "./lexical-term.ts";

/** Letters from which a word counts as long. */
const long = 7;
const logCount = (words: Words, counts: (word: string) => boolean) => Math.log(1 + words.filter(counts).length);
const isWord = (word: string) => /[\p{L}\p{N}]/u.test(word);
const letters = (words: Words) => words.filter(isWord).map(({ length }) => length);

/**
 * How an answer is written rather than what it says: several measures of length, sentences, rare words and shouting. On a few thousand
 * pairs they say more than length alone, and each has one weight that can be read off.
 */
const features: Readonly<Record<string, (words: Words) => number>> = {
  logCharacters: (words) => Math.log(1 + sumOf(words.map(({ length }) => length))),
  logWords: (words) => Math.log(1 + words.length),
  logDifferentWords: (words) => Math.log(1 + new Set(words.map((word) => word.toLowerCase())).size),
  logSentences: (words) => logCount(words, (word) => /^[.!?。！？]$/.test(word)),
  logCommas: (words) => logCount(words, (word) => /^[,，、]$/.test(word)),
  meanWordLength: (words) => sumOf(letters(words)) / Math.max(1, letters(words).length),
  longWordShare: (words) =>
    letters(words).filter((length) => length >= long).length / Math.max(1, letters(words).length),
  logLongWords: (words) => logCount(words, (word) => isWord(word) && word.length >= long),
  capitalShare: (words) => {
    const text = words.join("");
    return (text.match(/\p{Lu}/gu)?.length ?? 0) / Math.max(1, text.length);
  },
  logExclamations: (words) => logCount(words, (word) => /^[!?！？]$/.test(word)),
};

/** Number of features. */
export const surfaceSize = Object.keys(features).length;

/** Each feature of an answer, as it is. */
export function surfaceMeasures(words: Words): number[] {
  return Object.values(features).map((measure) => measure(words));
}

/** Measured on answers, so that each feature starts with mean 0 and deviation 1 there. */
export function surfaceTermOn(answers: readonly Words[]): SurfaceTerm {
  return {
    features: Object.entries(features).map(([name, measure]) => {
      const values = answers.map(measure);
      const mean = meanOf(values);
      const deviation = Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
      return { name, mean, standardDeviation: Math.max(deviation, 1e-3) };
    }),
  };
}

/** Linear in the standardised features, by each head: (B, heads). */
export function surfaceRewards(
  tf: TensorFlow,
  parameters: Parameters,
  term: SurfaceTerm,
  answers: readonly Words[],
): Tensor2D {
  const values = answers.flatMap((answer) =>
    term.features.map(
      ({ name, mean, standardDeviation }) => ((features[name]?.(answer) ?? mean) - mean) / standardDeviation,
    ),
  );
  const table = tf.tensor2d(values, [answers.length, term.features.length]);
  return tf.matMul<Tensor2D>(table, parameters.matrix(surfaceWeights));
}
