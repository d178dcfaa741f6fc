import { createHash } from "node:crypto";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import type { RewardHead } from "../model/head.ts";

/** Answers that are enough to pin mean and deviation to a few hundredths. */
const referenceAnswers = 512;

/** The reference set: different training answers, the same ones whatever their order in the data. */
export function chooseReference(sequences: readonly AnswerSequence[]): AnswerSequence[] {
  const different = new Map(sequences.map((sequence) => [digestOf(sequence), sequence]));
  return [...different]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, referenceAnswers)
    .map(([, sequence]) => sequence);
}

/**
 * Mean and deviation of a reward model's scores on its reference set. They are stored with the model version and named by the
 * set's content, so that two versions are never compared on different scales unawares.
 */
export function normalisationOn(
  sequences: readonly AnswerSequence[],
  scores: readonly number[],
): RewardHead["normalisation"] {
  const mean = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / Math.max(1, scores.length - 1);
  const digest = createHash("sha256").update(sequences.map(digestOf).join("\n")).digest("hex");
  return {
    mean,
    // A model that scores everything alike would divide by nothing.
    standardDeviation: Math.max(Math.sqrt(variance), 1e-6),
    referenceSet: `training answers ${digest.slice(0, 16)}`,
    answers: scores.length,
  };
}

function digestOf({ ids }: AnswerSequence): string {
  return createHash("sha256").update(ids.join(" ")).digest("hex");
}
