import type { Comparison, Rating } from "@touchstone/contracts";
import { meanOf } from "../arithmetic.ts";
import type { ComparisonPrediction } from "../reward/evaluate-comparisons.ts";
import { grouped } from "../reward/grouped.ts";
import { languageByScript } from "./language-by-script.ts";

/** What a card reads of one held-out pair of answers; positive differences favour a. */
export interface CardPair {
  readonly promptId: string;
  readonly split: "validation" | "test";
  /** Who chose; null where the choice is made of several people's ratings. */
  readonly annotator: string | null;
  /** Of the two answers, by their script. */
  readonly language: string;
  /** The pair whichever way round it was asked, so that people who judged the same one are found. */
  readonly answers: readonly [a: AnswerOfPair, b: AnswerOfPair];
  /** Sign: which was preferred; 0 a tie. */
  readonly outcome: number;
  /** How strongly, 1 to 3. */
  readonly strength: number;
  readonly model: number;
  /** log(P(a) / P(b)), where the model gives probabilities. */
  readonly logOdds: number | null;
  readonly untrained: number | null;
  readonly bigram: number | null;
  /** The model's difference with the prompt of another pair, and with none; null where it was not measured. */
  readonly shuffled: number | null;
  readonly empty: number | null;
}

interface AnswerOfPair {
  readonly id: string;
  /** UTF-16 units. */
  readonly length: number;
}

/** Beyond this a probability is 0 in double precision, and its log-loss infinite, which JSON can't say. */
const mostLogOdds = 700;

/** Controls that were measured on some of the pairs: differences a − b by the index of the pair. */
export interface PromptControls {
  readonly shuffled: ReadonlyMap<number, number>;
  readonly empty: ReadonlyMap<number, number>;
}

/** What is known of a comparison; what a run looks at before its first label may not be. */
type ComparisonPredicted = Pick<ComparisonPrediction, "model" | "logOdds"> & {
  readonly [name in "untrained" | "bigram"]: number | null;
};

/** @param predictions of the labels, in their order; labels of the training split are left out */
export function pairsOfComparisons(
  labels: readonly Comparison[],
  predictions: readonly ComparisonPredicted[],
  controls: PromptControls,
): CardPair[] {
  return labels.flatMap((label, index) => {
    const prediction = predictions[index];
    if (!prediction || label.split === "train") return [];
    const { a, b, annotator, promptId, split, outcome } = label;
    const { model, untrained, bigram } = prediction;
    const logOdds = Math.max(-mostLogOdds, Math.min(mostLogOdds, prediction.logOdds ?? model));
    return {
      promptId,
      split,
      annotator,
      language: languageByScript(`${a.text}\n${b.text}`),
      answers: [
        { id: a.completionId, length: a.text.length },
        { id: b.completionId, length: b.text.length },
      ] as const,
      outcome: Math.sign(outcome),
      strength: Math.abs(outcome),
      ...{ model, logOdds, untrained, bigram },
      shuffled: controls.shuffled.get(index) ?? null,
      empty: controls.empty.get(index) ?? null,
    };
  });
}

/**
 * Every two answers to one prompt that were rated (of one aspect), by their mean ratings. The strength is the distance of the means:
 * below 1 point, below 2, and from 2 on.
 */
export function pairsOfRatings(
  labels: readonly Rating[],
  predictions: readonly { readonly model: number; readonly untrained: number | null }[],
): CardPair[] {
  const rows = labels.flatMap((label, index) => {
    const prediction = predictions[index];
    return prediction && label.split !== "train" ? { label, split: label.split, prediction } : [];
  });
  const byPrompt = grouped(rows, ({ label }) => JSON.stringify([label.promptId, label.aspect]));
  return [...byPrompt.values()].flatMap((own) => {
    const answers = [...grouped(own, ({ label }) => label.completion.completionId).values()].flatMap((ratings) => {
      const [first] = ratings;
      if (!first) return [];
      const { label, split, prediction } = first;
      return { label, split, prediction, score: meanOf(ratings.map((row) => row.label.score)) };
    });
    return answers.flatMap((a, i) =>
      answers.slice(i + 1).map((b): CardPair => {
        const difference = a.score - b.score;
        const [one, other] = [a.label.completion, b.label.completion];
        return {
          promptId: a.label.promptId,
          split: a.split,
          annotator: null,
          language: languageByScript(`${one.text}\n${other.text}`),
          answers: [
            { id: one.completionId, length: one.text.length },
            { id: other.completionId, length: other.text.length },
          ],
          outcome: Math.sign(difference),
          strength: Math.min(3, 1 + Math.floor(Math.abs(difference))),
          model: a.prediction.model - b.prediction.model,
          logOdds: null,
          untrained: differenceOf(a.prediction.untrained, b.prediction.untrained),
          bigram: null,
          shuffled: null,
          empty: null,
        };
      }),
    );
  });
}

function differenceOf(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}

/** Characters of a less those of b. */
export function lengthDifference({ answers: [a, b] }: CardPair): number {
  return a.length - b.length;
}
