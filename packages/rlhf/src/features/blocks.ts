import { meanOf } from "../arithmetic.ts";
import { bigramBag } from "../reward/bigram-baseline.ts";
import { wordsIn } from "../reward/lexical-term.ts";
import { surfaceMeasures } from "../reward/surface-term.ts";
import type { StateRow } from "./state-row.ts";

/** All that is known of an answer before a label is. */
export interface AnswerRow {
  readonly text: string;
  /** After its prompt. Absent where no recipe asks for it. */
  readonly prompted?: StateRow | undefined;
  /** After a prompt without a word. */
  readonly alone?: StateRow | undefined;
}

/**
 * Features by where they come from; a recipe is a choice among these.
 * - `length`: three measures of it
 * - `bag`: the answer's words and pairs of neighbours, hashed; the one block whose rows are sparse
 * - `surface`: ten measures of how it is written
 * - `likelihood`: mean log-likelihood after the prompt, after an empty one, and the difference, which says how much the answer has to do with its prompt
 * - `mean`, `last`: hidden states of several layers, over the answer's tokens and at its last one
 */
export const blockNames = ["length", "bag", "surface", "likelihood", "mean", "last"] as const;
export type BlockName = (typeof blockNames)[number];
export type DenseName = Exclude<BlockName, "bag">;

const measures: Readonly<Record<DenseName, (answer: AnswerRow) => ArrayLike<number>>> = {
  length: ({ text }) => [Math.log1p(text.length), Math.log1p(wordsIn(text).length), Math.sqrt(text.length)],
  surface: ({ text }) => surfaceMeasures(wordsIn(text)),
  likelihood: ({ prompted, alone }) => {
    const [after, without] = [prompted?.logProb ?? Number.NaN, alone?.logProb ?? Number.NaN];
    return [after, without, after - without];
  },
  mean: ({ prompted }) => prompted?.mean ?? [],
  last: ({ prompted }) => prompted?.last ?? [],
};

/** The features of a block as they are measured. */
export function denseRow(block: DenseName, answer: AnswerRow): ArrayLike<number> {
  return measures[block](answer);
}

/** Its different words and pairs of words by bucket, scaled as the block enters the ridge. */
export function bagRow({ text }: AnswerRow): Map<number, number> {
  return new Map([...bigramBag(text)].map(([bucket, value]) => [bucket, bagLength * value]));
}

/**
 * How long a row is when each feature has deviation 1: one ridge for all blocks says how much is believed of each. Of a few measures
 * each counts fully; thousands of states together weigh as much as a hundred measures, a bag as much as 25.
 */
const bagLength = 5;
const statesLength = 10;

/** What a feature is shifted by and multiplied with, so that it has mean 0 and its block the right length. */
export interface Scaling {
  readonly mean: Float64Array;
  readonly factor: Float64Array;
}

/** Measured on training answers alone. */
export function scalingOn(block: DenseName, answers: readonly AnswerRow[]): Scaling {
  const rows = answers.map((answer) => denseRow(block, answer));
  const width = rows[0]?.length ?? 0;
  const length = block === "mean" || block === "last" ? statesLength / Math.sqrt(width) : 1;
  const mean = new Float64Array(width);
  const factor = new Float64Array(width);
  for (let j = 0; j < width; j++) {
    const values = rows.map((row) => row[j] ?? 0);
    mean[j] = meanOf(values);
    const deviation = Math.sqrt(meanOf(values.map((value) => (value - (mean[j] ?? 0)) ** 2)));
    // What never varies has no say; a tiny deviation would blow up whatever differs later.
    factor[j] = deviation > 1e-6 ? length / deviation : 0;
  }
  return { mean, factor };
}

/** The scaled features of all answers, (n, width) row-major. */
export function scaledRows(block: DenseName, answers: readonly AnswerRow[], { mean, factor }: Scaling): Float32Array {
  const width = mean.length;
  const scaled = new Float32Array(answers.length * width);
  for (const [row, answer] of answers.entries()) {
    const values = denseRow(block, answer);
    for (let j = 0; j < width; j++) scaled[row * width + j] = ((values[j] ?? 0) - (mean[j] ?? 0)) * (factor[j] ?? 0);
  }
  return scaled;
}
