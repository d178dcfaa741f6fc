import type { SpansAnswer, SpanWeights } from "@touchstone/contracts";

type Mark = Pick<SpansAnswer["spans"][number], "category" | "severity">;

/** Weights are decimal fractions, and so is their sum: .1 three times is .3, and not what binary fractions make of it. */
const decimals = 1e6;

/**
 * The penalty of one text: the sum of what its errors weigh, 0 for none; more is worse.
 * Freitag et al. (2021), “Experts, Errors, and Context: A Large-Scale Study of Human Evaluation for Machine Translation”,
 * TACL 9, § 3.1 and Table 2: major 5, minor 1, minor punctuation .1, non-translation 25.
 *
 * @throws RangeError for a severity that has no weight.
 */
export function mqmScore(marks: readonly Mark[], weights: SpanWeights): number {
  const sum = marks.reduce((total, mark) => total + weightOf(mark, weights), 0);
  return Math.round(sum * decimals) / decimals;
}

/** What each answer scores, by its place as shown; null where nothing was said of it. */
export function spanScores({ spans, clean }: SpansAnswer, weights: SpanWeights, answers: number): (number | null)[] {
  return Array.from({ length: answers }, (_, place) => {
    const marks = spans.filter((span) => span.place === place);
    return marks.length > 0 || clean.includes(place) ? mqmScore(marks, weights) : null;
  });
}

function weightOf({ category, severity }: Mark, { severities, weights }: SpanWeights): number {
  const own = weights.find((one) => one.category === category && one.severity === severity);
  const weight = (own ?? severities.find(({ name }) => name === severity))?.weight;
  if (weight === undefined) throw new RangeError(`“${severity}” has no weight`);
  return weight;
}
