import type { Comparison } from "@touchstone/contracts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { TrainingError, tooFew } from "../training-error.ts";
import { encodeFitting, encodeJudged, type JudgedSequence } from "./labelled-answers.ts";

export interface ComparisonExample {
  readonly label: Comparison;
  readonly a: JudgedSequence;
  readonly b: JudgedSequence;
}

export interface ComparisonExamples {
  readonly train: readonly ComparisonExample[];
  readonly heldOut: readonly ComparisonExample[];
  /** Training comparisons with an answer that does not fit the context. */
  readonly tooLong: number;
  /** Those used whose prompt's beginning did not fit. */
  readonly promptsCut: number;
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
  const encode = (label: Comparison): ComparisonExample | undefined => {
    const a = encodeJudged(tokenizer, label.prompt, label.a.text, context);
    const b = encodeJudged(tokenizer, label.prompt, label.b.text, context);
    return a && b && { label, a, b };
  };
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
  const { fitting, tooLong } = encodeFitting(rows, encode);
  if (fitting.length < minimum) {
    throw new TrainingError(
      "all_too_long",
      `Only ${fitting.length} of ${rows.length} comparisons fit the model's context of ${context} tokens; at least ${minimum} are needed.`,
      { values: { noun: "comparisons", fitting: fitting.length, count: rows.length, context } },
    );
  }
  const others = comparisons.filter(({ split }) => split !== "train");
  const promptsCut = fitting.filter(({ a, b }) => a.promptCut || b.promptCut).length;
  return { train: fitting, heldOut: encodeFitting(others, encode).fitting, tooLong, promptsCut };
}

/** Probability that a is the better one that the loss is taught: a tie is ½, a win 1 − ε. */
export function winTarget({ outcome }: Comparison, labelNoise: number): number {
  if (outcome === 0) return 0.5;
  return outcome > 0 ? 1 - labelNoise : labelNoise;
}
