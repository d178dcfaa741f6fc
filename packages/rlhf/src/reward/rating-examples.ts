import type { Comparison, Rating } from "@touchstone/contracts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import { type AnnotatorEffects, adjustedRating, fitAnnotatorEffects } from "../objectives/annotator-effects.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { TrainingError, tooFew } from "../training-error.ts";
import { type HeldOut, heldOutOf } from "./held-out.ts";
import { encodeFitting, encodeJudged, type JudgedSequence } from "./labelled-answers.ts";

export interface RatingExample {
  readonly label: Rating;
  readonly sequence: JudgedSequence;
}

/** An answer and the score that the model is taught for it, on the 1–5 scale. */
export interface RatingTarget {
  readonly sequence: AnswerSequence;
  readonly score: number;
  readonly weight: number;
  /** What of it was rated; absent: all of it. */
  readonly aspect?: string | undefined;
}

export interface RatingExamples extends HeldOut<RatingExample> {
  readonly train: readonly RatingExample[];
  readonly tooLong: number;
  /** Those used whose prompt's beginning did not fit. */
  readonly promptsCut: number;
  /** How each annotator uses the scale, from the training split only. */
  readonly effects: AnnotatorEffects;
  /** Training ratings with the annotators' habits taken out, and answers judged "both bad" at the lowest score. */
  readonly targets: readonly RatingTarget[];
}

const lowestScore = 1;

/**
 * Encodes ratings and refuses data that nothing can be learned from.
 * @param bothBadWeight weight of the lowest score for answers of comparisons judged "both bad"
 * @throws TrainingError `too_few_labels`, `one_class`, `all_too_long`
 */
export function ratingExamples(
  data: { readonly ratings: readonly Rating[]; readonly comparisons: readonly Comparison[] },
  tokenizer: Tokenizer,
  context: number,
  options: {
    readonly minimum: number;
    readonly annotatorEffects: boolean;
    readonly bothBadWeight: number;
    /** Whether ratings of single aspects are read too. */
    readonly aspects?: boolean;
  },
): RatingExamples {
  const { minimum, annotatorEffects, bothBadWeight, aspects = false } = options;
  const encode = (label: Rating): RatingExample | undefined => {
    const sequence = encodeJudged(tokenizer, label.prompt, label.completion.text, context);
    return sequence && { label, sequence };
  };
  const read = data.ratings.filter(({ aspect }) => aspects || aspect === undefined);
  const rows = read.filter(({ split }) => split === "train");
  if (rows.length < minimum) {
    throw tooFew("ratings", rows.length, minimum);
  }
  if (rows.every(({ score }) => score === rows[0]?.score)) {
    throw new TrainingError(
      "one_class",
      `All ${rows.length} ratings are ${rows[0]?.score}: there is nothing to tell apart.`,
      { values: { noun: "ratings", count: rows.length } },
    );
  }
  const { fitting: train, tooLong } = encodeFitting(rows, encode);
  if (train.length < minimum) {
    throw new TrainingError(
      "all_too_long",
      `Only ${train.length} of ${rows.length} ratings are of answers that fit the model's context of ${context} tokens; at least ${minimum} are needed.`,
      { values: { noun: "ratings", fitting: train.length, count: rows.length, context } },
    );
  }
  // Shrunk to nothing, every annotator is taken at their word.
  const shrinkage = annotatorEffects ? {} : { biasStrength: 1e9, scaleStrength: 1e9 };
  const effects = fitAnnotatorEffects(train.map(annotated), shrinkage);
  const rated = train.map(({ label, sequence }) => ({
    sequence,
    score: adjustedRating(effects, label.annotator, label.score),
    weight: label.weight,
    ...(label.aspect === undefined ? {} : { aspect: label.aspect }),
  }));
  const rejected = data.comparisons
    .filter(({ split, bothBad }) => split === "train" && bothBad && bothBadWeight > 0)
    .flatMap(({ prompt, a, b, weight }) => [a, b].map(({ text }) => ({ prompt, text, weight })))
    .flatMap(({ prompt, text, weight }) => {
      const sequence = encodeJudged(tokenizer, prompt, text, context);
      return sequence ? [{ sequence, score: lowestScore, weight: weight * bothBadWeight }] : [];
    });
  const promptsCut = train.filter(({ sequence }) => sequence.promptCut).length;
  return { train, ...heldOutOf(read, encode), tooLong, promptsCut, effects, targets: [...rated, ...rejected] };
}

function annotated({ label }: RatingExample) {
  return { annotator: label.annotator, item: itemOf(label), score: label.score };
}

/** What was rated: an answer, or an aspect of it. */
export function itemOf({ completion, aspect }: Rating): string {
  return aspect === undefined ? completion.completionId : `${completion.completionId}/${aspect}`;
}
