import { meanOf } from "../arithmetic.ts";
import type { Aspect } from "../model/head.ts";
import type { RatingTarget } from "../reward/rating-examples.ts";

/** From raw rewards to the 1–5 scale: rating = offset + scale · raw. */
export interface Axis {
  readonly scale: number;
  readonly offset: number;
}

/** The model learns standardised scores, so that the learning rate means the same for ratings as for comparisons. */
export function standardAxis(targets: readonly RatingTarget[]): Axis {
  const { mean, variance } = momentsOf(targets);
  return { scale: Math.max(Math.sqrt(variance), 1e-3), offset: mean };
}

/**
 * One scale for all aspects, so that their weighted sum is a sum on the 1–5 scale too, and an offset for each.
 * @param weights by aspect; all of the same weight, summing to 1, where none is given
 */
export function aspectsOf(targets: readonly RatingTarget[], weights: Readonly<Record<string, number>>): Aspect[] {
  const named = [...new Set(targets.flatMap(({ aspect }) => aspect ?? []))].sort();
  const given = Object.keys(weights).length > 0;
  return named.map((name) => ({
    name,
    weight: given ? (weights[name] ?? 0) : 1 / named.length,
    offset: momentsOf(targets.filter(({ aspect }) => aspect === name)).mean,
  }));
}

/** The axis of the weighted sum. */
export function summedAxis(targets: readonly RatingTarget[], aspects: readonly Aspect[]): Axis {
  const deviations = aspects.map(({ name }) => momentsOf(targets.filter(({ aspect }) => aspect === name)).variance);
  return {
    scale: Math.max(Math.sqrt(meanOf(deviations)), 1e-3),
    offset: aspects.reduce((sum, { weight, offset }) => sum + weight * offset, 0),
  };
}

function momentsOf(targets: readonly RatingTarget[]): { mean: number; variance: number } {
  const weight = targets.reduce((sum, row) => sum + row.weight, 0);
  const mean = targets.reduce((sum, row) => sum + row.weight * row.score, 0) / weight;
  const variance = targets.reduce((sum, row) => sum + row.weight * (row.score - mean) ** 2, 0) / weight;
  return { mean, variance };
}
