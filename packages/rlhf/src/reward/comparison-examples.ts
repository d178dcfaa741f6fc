import type { Comparison } from "@touchstone/contracts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { reasoned, TrainingError, tooFew } from "../training-error.ts";
import { type HeldOut, heldOutOf } from "./held-out.ts";
import { encodeFitting, encodeJudged, type JudgedSequence, sameSequence } from "./labelled-answers.ts";

export interface ComparisonExample {
  readonly label: Comparison;
  readonly a: JudgedSequence;
  readonly b: JudgedSequence;
}

export interface ComparisonExamples extends HeldOut<ComparisonExample> {
  readonly train: readonly ComparisonExample[];
  /** Training comparisons with an answer that does not fit the context. */
  readonly tooLong: number;
  /** Those used whose prompt's beginning did not fit. */
  readonly promptsCut: number;
  /** Comparisons of any split, left out, whose two answers are the same tokens to the model. */
  readonly identical: number;
}

/**
 * Encodes comparisons and refuses data that nothing can be learned from.
 * @throws TrainingError `too_few_labels`, `one_class`, `all_too_long`
 */
export function comparisonExamples(
  comparisons: readonly Comparison[],
  tokenizer: Tokenizer,
  context: number,
  minimum: number,
): ComparisonExamples {
  const encode = (label: Comparison) => encodeComparison(tokenizer, label, context);
  const rows = comparisons.filter(({ split }) => split === "train");
  if (rows.length < minimum) {
    throw tooFew("comparisons", rows.length, minimum);
  }
  if (rows.every(({ outcome }) => outcome === 0)) {
    throw new TrainingError(
      "one_class",
      `All ${rows.length} comparisons are ties, so they do not say which answers are better.`,
      { values: { noun: "comparisons", count: rows.length } },
    );
  }
  const { fitting: encoded, tooLong } = encodeFitting(rows, encode);
  const fitting = encoded.filter((example) => !isOfOneAnswer(example));
  const identical = encoded.length - fitting.length;
  if (identical > 0 && fitting.every(({ label }) => label.outcome === 0)) {
    throw reasoned("comparisonsIdentical", { count: encoded.length });
  }
  if (identical > 0 && fitting.length < minimum) {
    throw tooFew("comparisons", fitting.length, minimum, "of two different answers ");
  }
  if (fitting.length < minimum) {
    throw new TrainingError(
      "all_too_long",
      `Only ${fitting.length} of ${rows.length} comparisons fit the model's context of ${context} tokens; at least ${minimum} are needed.`,
      { values: { noun: "comparisons", fitting: fitting.length, count: rows.length, context } },
    );
  }
  const others = heldOutOf(comparisons, encode);
  const isUsable = (example: ComparisonExample) => !isOfOneAnswer(example);
  const heldOut = others.heldOut.filter(isUsable);
  const promptsCut = fitting.filter(({ a, b }) => a.promptCut || b.promptCut).length;
  return {
    train: fitting,
    heldOut,
    watched: others.heldOut.slice(0, others.watched).filter(isUsable).length,
    tooLong,
    promptsCut,
    identical: identical + others.heldOut.length - heldOut.length,
  };
}

/** Both answers with as much of their prompt as fits, or nothing if one of them is longer than the context. */
export function encodeComparison(
  tokenizer: Tokenizer,
  label: Comparison,
  context: number,
): ComparisonExample | undefined {
  const a = encodeJudged(tokenizer, label.prompt, label.a.text, context);
  const b = encodeJudged(tokenizer, label.prompt, label.b.text, context);
  return a && b && { label, a, b };
}

/**
 * Whether both answers are the same to the model: whatever was chosen, such a pair pulls nowhere, counts as wrong in every
 * accuracy, and makes ties look frequent. "Both bad" still says something of the one answer.
 */
export function isOfOneAnswer({ label, a, b }: ComparisonExample): boolean {
  return !label.bothBad && sameSequence(a, b);
}

/** Probability that a is the better one that the loss is taught: a tie is ½, a win 1 − ε. */
export function winTarget({ outcome }: Comparison, labelNoise: number): number {
  if (outcome === 0) return 0.5;
  return outcome > 0 ? 1 - labelNoise : labelNoise;
}
