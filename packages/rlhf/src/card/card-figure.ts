import type { CardFigure } from "@touchstone/contracts";
import { hitOf } from "../objectives/calibration.ts";
import { type ClusteredMean, clusteredMean, clusteredShare } from "../reward/clustered-interval.ts";
import type { CardPair } from "./card-pair.ts";

/** JSON has no infinity: an interval that says nothing is none. */
export function cardFigure({ value, low, high }: { value: number; low: number; high: number }): CardFigure {
  const isBounded = Number.isFinite(low) && Number.isFinite(high);
  return { value, low: isBounded ? low : null, high: isBounded ? high : null };
}

const ofMean = ({ mean, low, high }: ClusteredMean) => cardFigure({ value: mean, low, high });

/** A share of 0 to 1 with its interval, clustered by prompt (Wilson's at the effective size; see `clusteredShare`). */
export function shareOf(pairs: readonly CardPair[], value: (pair: CardPair) => number): CardFigure {
  return ofMean(clusteredShare(pairs.map((pair) => ({ cluster: pair.promptId, value: value(pair) }))));
}

/**
 * A mean with its interval, clustered by prompt (Liang and Zeger 1986; see `clusteredMean`). Where all values are equal the sandwich
 * is a point, as if nothing else could come: there the interval is as long as it is if the share of prompts that differ is the
 * largest that would leave none among so many in 1 of 40 draws (Clopper and Pearson 1934), and they differ by all that they can.
 *
 * @param range what a value can be
 */
export function meanOver(
  pairs: readonly CardPair[],
  value: (pair: CardPair) => number,
  range: readonly [number, number],
): CardFigure {
  const found = clusteredMean(
    pairs.map((pair) => ({ cluster: pair.promptId, value: value(pair) })),
    range,
  );
  const [least, most] = range;
  const { mean } = found;
  if (pairs.some((pair) => value(pair) !== mean) || !Number.isFinite(most - least)) return ofMean(found);
  const clusters = promptsIn(pairs);
  if (clusters < 2) return ofMean(found);
  const unseen = 1 - 0.025 ** (1 / clusters);
  return cardFigure({ value: mean, low: mean - unseen * (mean - least), high: mean + unseen * (most - mean) });
}

/** 1 where this difference a − b favours the answer that was preferred, ½ where it favours neither, else 0. */
export function rightBy(pair: CardPair, difference: number): number {
  return hitOf(difference * pair.outcome);
}

export function promptsIn(pairs: readonly CardPair[]): number {
  return new Set(pairs.map(({ promptId }) => promptId)).size;
}
