import type { CardControl, CardControlName, CardGap } from "@touchstone/contracts";
import { seededRandom } from "@touchstone/engine";
import { meanOf } from "../arithmetic.ts";
import { grouped } from "../reward/grouped.ts";
import { meanOver, rightBy, shareOf } from "./card-figure.ts";
import { type CardPair, lengthDifference } from "./card-pair.ts";
import { quantile } from "./quantile.ts";

/** With the true labels as one more, p can be as small as a thousandth. */
const permutations = 999;

/** Why the controls that change the prompt were not measured. */
export interface ControlGaps {
  readonly shuffled: CardGap | null;
  readonly empty: CardGap | null;
}

/**
 * What knows less than the model, on the same decided pairs: a model is worth something where it is ahead of all of these. That it is
 * as good without the prompt, or with another one, says that it judges the answer alone.
 */
export function cardControls(decided: readonly CardPair[], gaps: ControlGaps): CardControl[] {
  return [
    control("longer", decided, lengthDifference),
    control("bigram", decided, ({ bigram }) => bigram),
    control("untrained", decided, ({ untrained }) => untrained),
    permuted(decided),
    control("prompt-shuffled", decided, ({ shuffled }) => shuffled, gaps.shuffled),
    control("prompt-empty", decided, ({ empty }) => empty, gaps.empty),
  ];
}

/** @param difference of a control's scores, a − b; null where it was not measured on this pair */
function control(
  name: CardControlName,
  decided: readonly CardPair[],
  difference: (pair: CardPair) => number | null,
  gap: CardGap | null = null,
): CardControl {
  const measured = decided.filter((pair) => difference(pair) !== null);
  const without = { name, pairs: measured.length, p: null };
  if (measured.length === 0) return { ...without, accuracy: null, lead: null, missing: gap ?? "not-measured" };
  const right = (pair: CardPair) => rightBy(pair, difference(pair) ?? 0);
  return {
    ...without,
    accuracy: shareOf(measured, right),
    lead: meanOver(measured, (pair) => rightBy(pair, pair.model) - right(pair), [-1, 1]),
    missing: null,
  };
}

/**
 * The accuracy that chance gives on just these pairs: a permutation test (Fisher 1935; Good 2005, ch. 3) in which the preferred sides
 * of held-out pairs are exchanged, all of a prompt together so that what is correlated stays so. The model is not trained again.
 */
function permuted(decided: readonly CardPair[]): CardControl {
  const byPrompt = [...grouped(decided, ({ promptId }) => promptId).values()].map((own) => ({
    pairs: own.length,
    right: own.reduce((sum, pair) => sum + rightBy(pair, pair.model), 0),
  }));
  const name = "held-out-permuted" as const;
  const pairs = decided.length;
  if (byPrompt.length < 2) return { name, pairs, accuracy: null, lead: null, p: null, missing: "one-prompt" };
  const right = byPrompt.reduce((sum, own) => sum + own.right, 0);
  const random = seededRandom("labels permuted");
  const draws = Array.from({ length: permutations }, () => {
    let sum = 0;
    for (const own of byPrompt) sum += random.uniform() < 0.5 ? own.right : own.pairs - own.right;
    return sum / pairs;
  });
  const asGood = draws.filter((draw) => draw >= right / pairs - 1e-12).length;
  return {
    name,
    pairs,
    accuracy: { value: meanOf(draws), low: quantile(draws, 0.025), high: quantile(draws, 0.975) },
    lead: null,
    p: (1 + asGood) / (1 + permutations),
    missing: null,
  };
}
