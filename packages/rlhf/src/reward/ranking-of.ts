import type { Comparison, Ranking } from "@touchstone/contracts";

/** A comparison as a ranking of two. */
export function rankingOf({ kind: _, a, b, outcome, bothBad: __, first: ___, ...origin }: Comparison): Ranking {
  return { kind: "ranking", ...origin, groups: bestFirst(a, b, outcome) };
}

/** Two answers as the groups of a ranking: both in one where neither is better. */
function bestFirst<A>(a: A, b: A, outcome: number): A[][] {
  if (outcome === 0) return [[a, b]];
  return outcome > 0 ? [[a], [b]] : [[b], [a]];
}
