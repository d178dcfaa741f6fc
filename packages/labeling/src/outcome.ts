import type { PreferenceAnswer } from "@touchstone/contracts";

/** +3 (a much better) … 0 (tie or both bad) … −3 (b much better), for the canonical order a, b. */
export type Outcome = -3 | -2 | -1 | 0 | 1 | 2 | 3;

const outcomes: readonly Outcome[] = [-3, -2, -1, 0, 1, 2, 3];

/** `shownOrder` maps a position on the screen to a canonical index: [0, 1] shows a on the left, [1, 0] shows b. */
export type ShownOrder = readonly number[];

/** Which of a and b stood first (on the left). @throws RangeError unless the order is a permutation of two. */
export function shownFirst(shownOrder: ShownOrder): "a" | "b" {
  const [first, second] = shownOrder;
  if (shownOrder.length === 2 && first === 0 && second === 1) return "a";
  if (shownOrder.length === 2 && first === 1 && second === 0) return "b";
  throw new RangeError(`a comparison shows two answers, each once, not [${shownOrder.join(", ")}]`);
}

/** Turns an answer in the order shown into the outcome in canonical order. Both bad is a tie for the comparison. */
export function outcomeOf(answer: PreferenceAnswer, shownOrder: ShownOrder): Outcome {
  const forFirst = answer.choice === "both-bad" ? 0 : 4 - answer.step;
  const forA = shownFirst(shownOrder) === "a" ? forFirst : -forFirst;
  const outcome = outcomes.find((candidate) => candidate === forA);
  if (outcome === undefined) throw new RangeError(`a preference has 7 steps, not ${forFirst}`);
  return outcome;
}

/** The 7-step answer that says `outcome` when the pair is shown in this order: the inverse of `outcomeOf`. */
export function answerFor(outcome: Outcome, shownOrder: ShownOrder): PreferenceAnswer {
  return { choice: "graded", step: 4 - (shownFirst(shownOrder) === "a" ? outcome : -outcome) };
}

/** An outcome from the side of one of the two: a win is 1, a tie one half, a loss 0. */
export function scoreFor(side: "a" | "b", outcome: number): 0 | 0.5 | 1 {
  const forSide = side === "a" ? outcome : -outcome;
  if (forSide === 0) return 0.5;
  return forSide > 0 ? 1 : 0;
}
