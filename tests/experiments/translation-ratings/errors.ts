import { clusteredMean } from "@touchstone/rlhf";
import { z } from "zod";
import type { Share } from "../cross-validation/compared.ts";

/** Of evaluation.json, where labels are ratings. */
export const RatingRow = z.object({
  judgementId: z.string(),
  score: z.number(),
  model: z.number(),
  modelForAnnotator: z.number(),
  mean: z.number(),
  annotatorMean: z.number(),
  itemMean: z.number(),
});

export interface Predicted extends z.infer<typeof RatingRow> {
  readonly document: string;
}

/** What a rating was said to be by: the reward model with the rater's habits, without them, and three means. */
export const guesses = ["modelForAnnotator", "model", "mean", "annotatorMean", "itemMean"] as const;
export type Guess = (typeof guesses)[number];

export interface Errors {
  readonly ratings: number;
  readonly documents: number;
  /** Squared error, in points² of the 1–5 scale. */
  readonly mse: Readonly<Record<Guess, Share>>;
  /** The root of each of these, ends of the interval included, in points. */
  readonly rmse: Readonly<Record<Guess, Share>>;
  /** Squared error of the model, its raters' habits known, minus that of another guess, rating by rating. */
  readonly difference: Readonly<Record<Exclude<Guess, "modelForAnnotator">, Share>>;
}

/** Intervals are clustered by document: its sentences are translated by the same systems and rated by the same three raters. */
export function errorsOf(rows: readonly Predicted[]): Errors {
  const square = (row: Predicted, guess: Guess) => (row[guess] - row.score) ** 2;
  const share = (value: (row: Predicted) => number): Share => {
    const { mean, low, high } = clusteredMean(rows.map((row) => ({ cluster: row.document, value: value(row) })));
    return { value: mean, low, high };
  };
  const mse = (guess: Guess) => share((row) => square(row, guess));
  const difference = (guess: Guess) => share((row) => square(row, "modelForAnnotator") - square(row, guess));
  const all = (of: (guess: Guess) => Share) => ({
    modelForAnnotator: of("modelForAnnotator"),
    model: of("model"),
    mean: of("mean"),
    annotatorMean: of("annotatorMean"),
    itemMean: of("itemMean"),
  });
  const root = ({ value, low, high }: Share): Share => ({
    value: Math.sqrt(value),
    low: Math.sqrt(Math.max(0, low)),
    high: Math.sqrt(high),
  });
  return {
    ratings: rows.length,
    documents: new Set(rows.map(({ document }) => document)).size,
    mse: all(mse),
    rmse: all((guess) => root(mse(guess))),
    difference: {
      model: difference("model"),
      mean: difference("mean"),
      annotatorMean: difference("annotatorMean"),
      itemMean: difference("itemMean"),
    },
  };
}
