import type { Comparison, Ranking } from "@touchstone/contracts";

/**
 * The pairs of a ranking as comparisons at weight 2/K each, since K answers in order say about as much as K/2 pairs that know
 * nothing of each other. Groups apart decide a pair, without a strength: a ranking tells order and not distance. Of two of
 * the rest nothing is known, so they are no pair.
 */
export function rankingPairs({ kind: _, groups, rest, weight, judgementId, ...origin }: Ranking): Comparison[] {
  const answers = groups.flatMap((group, rank) => group.map((answer) => ({ answer, rank })));
  const lowest = groups.length - 1;
  const known = (a: { rank: number }, b: { rank: number }) => !(rest && a.rank === lowest && b.rank === lowest);
  return answers.flatMap((a, i) =>
    answers
      .slice(i + 1)
      .map((b, offset) => ({ b, offset }))
      .filter(({ b }) => known(a, b))
      .map(({ b, offset }) => ({
        kind: "comparison" as const,
        ...origin,
        judgementId: `${judgementId}/${i + 1}-${i + offset + 2}`,
        a: a.answer,
        b: b.answer,
        outcome: a.rank === b.rank ? 0 : 2,
        bothBad: false,
        first: "a" as const,
        weight: (2 * weight) / answers.length,
      })),
  );
}

/** Comparisons with the pairs of rankings after them. */
export function comparisonsOf(comparisons: readonly Comparison[], rankings: readonly Ranking[]): Comparison[] {
  return [...comparisons, ...rankings.flatMap(rankingPairs)];
}
