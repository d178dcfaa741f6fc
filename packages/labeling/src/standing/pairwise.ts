import type { ModelComparison } from "./model-comparison.ts";

export interface PairOfModels {
  readonly a: string;
  readonly b: string;
  /** Weighted judgements that preferred a, that preferred b, and ties. */
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
  /** How often a was preferred, a tie as half. */
  readonly winRate: number;
}

/** What was said of each two models that met, in the names' order; a model against itself is no pair. */
export function pairwise(comparisons: Iterable<ModelComparison>): PairOfModels[] {
  const pairs = new Map<string, { a: string; b: string; wins: number; losses: number; ties: number }>();
  for (const { a: left, b: right, won, weight } of comparisons) {
    if (left === right) continue;
    const turned = left > right;
    const [a, b] = turned ? [right, left] : [left, right];
    const key = pairKey(a, b);
    const pair = pairs.get(key) ?? { a, b, wins: 0, losses: 0, ties: 0 };
    if (won === "tie") pair.ties += weight;
    else if ((won === "a") !== turned) pair.wins += weight;
    else pair.losses += weight;
    pairs.set(key, pair);
  }
  return [...pairs.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, pair]) => ({
      ...pair,
      winRate: (pair.wins + pair.ties / 2) / (pair.wins + pair.losses + pair.ties),
    }));
}

const pairKey = (a: string, b: string): string => JSON.stringify([a, b]);
