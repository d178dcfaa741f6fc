import type { Ranking } from "@touchstone/contracts";
import { choicesOf } from "../objectives/davidson-luce.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { TrainingError, tooFew } from "../training-error.ts";
import { encodeFitting, encodeJudged, type JudgedSequence, sameSequence } from "./labelled-answers.ts";

export interface RankingExample {
  readonly label: Ranking;
  /** Best first, as in the label. */
  readonly groups: readonly (readonly JudgedSequence[])[];
}

/**
 * Encodes the training rankings and refuses data that nothing can be learned from. A ranking with an answer that does not fit is left
 * out whole: without one answer it would be another ranking.
 * @throws TrainingError `too_few_labels`, `one_class`, `all_too_long`
 */
export function rankingExamples(
  rankings: readonly Ranking[],
  tokenizer: Tokenizer,
  context: number,
  minimum: number,
): { train: RankingExample[]; tooLong: number; promptsCut: number; identical: number } {
  const rows = rankings.filter(({ split }) => split === "train");
  const values = { noun: "rankings", count: rows.length };
  if (rows.length < minimum) throw tooFew("rankings", rows.length, minimum);
  if (rows.every(({ groups }) => groups.length === 1)) {
    const message = `All ${rows.length} rankings are ties, so they do not say which answers are better.`;
    throw new TrainingError("one_class", message, { values });
  }
  const { fitting, tooLong } = encodeFitting(rows, (label): RankingExample | undefined => {
    const groups = label.groups.map((group) =>
      group.flatMap(({ text }) => encodeJudged(tokenizer, label.prompt, text, context) ?? []),
    );
    return groups.flat().length === label.groups.flat().length ? { label, groups } : undefined;
  });
  const train = fitting.filter(({ groups }) => !placesOneAnswerTwice(groups));
  const identical = fitting.length - train.length;
  if (identical > 0 && train.length < minimum) {
    throw tooFew("rankings", train.length, minimum, "of answers that differ ");
  }
  if (train.length < minimum) {
    throw new TrainingError(
      "all_too_long",
      `Only ${train.length} of ${rows.length} rankings fit the model's context of ${context} tokens; at least ${minimum} are needed.`,
      { values: { ...values, fitting: train.length, context } },
    );
  }
  const promptsCut = train.filter(({ groups }) => groups.flat().some((answer) => answer.promptCut)).length;
  return { train, tooLong, promptsCut, identical };
}

/** Whether an answer is ranked above, or tied with, one that is the same tokens to the model. */
function placesOneAnswerTwice(groups: readonly (readonly JudgedSequence[])[]): boolean {
  const answers = groups.flat();
  return answers.some((one, index) => answers.slice(index + 1).some((other) => sameSequence(one, other)));
}

/**
 * δ₂, δ₃, …, up to the largest tie that occurs, as if all answers were alike: how often a set of that size was chosen for each that
 * could have been, over the same for a single answer. Half a choice more, so that a size in between that never occurred has a place.
 */
export function tieDeltas(rankings: readonly Ranking[]): number[] {
  const choices = rankings.flatMap(({ groups, weight, rest }) => choicesOf(groups, weight, rest));
  const rate = (size: number) => {
    const taken = choices.filter(({ chosen }) => chosen.length === size).length + 0.5;
    return taken / choices.reduce((sum, { left }) => sum + binomial(left.length, size), 0);
  };
  const largest = Math.max(1, ...choices.map(({ chosen }) => chosen.length));
  return Array.from({ length: largest - 1 }, (_, index) => rate(index + 2) / rate(1));
}

function binomial(n: number, k: number): number {
  let value = 1;
  for (let i = 1; i <= k; i++) value = (value * (n - k + i)) / i;
  return n < k ? 0 : value;
}
