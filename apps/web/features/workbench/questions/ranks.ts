import type { Answer } from "@touchstone/contracts";

/** The rank of each answer by its place as shown; null where it has none. */
export type Ranks = readonly (number | null)[];

/** What a draft or an answer says; no rank where it says nothing. */
export function ranksOf(draft: Answer | undefined, count: number): (number | null)[] {
  const said = Array.isArray(draft?.ranks) ? draft.ranks : [];
  return Array.from({ length: count }, (_, place) => {
    const rank = said[place];
    return typeof rank === "number" ? rank : null;
  });
}

/** Gives an answer a rank. Where ties are not taken, whoever had it loses it. */
export function withRank(ranks: Ranks, place: number, rank: number | null, ties: boolean): (number | null)[] {
  const others = ranks.map((had) => (!ties && rank !== null && had === rank ? null : had));
  return others.with(place, rank);
}

/** The lowest rank that nobody has. */
export function nextRank(ranks: Ranks): number {
  const taken = new Set(ranks);
  let rank = 1;
  while (taken.has(rank)) rank += 1;
  return rank;
}

/** Places of answers by rank, the best first; those of one rank together, those without one not among them. */
export function groupsOf(ranks: Ranks): number[][] {
  const given = [...new Set(ranks.flatMap((rank) => rank ?? []))].sort((one, other) => one - other);
  return given.map((rank) => ranks.flatMap((had, place) => (had === rank ? [place] : [])));
}

/** The order after an answer was moved among the ranked ones, to stand as the `to`-th; all that were tied with it part. */
export function moved(ranks: Ranks, place: number, to: number): (number | null)[] {
  const others = groupsOf(ranks)
    .map((group) => group.filter((one) => one !== place))
    .filter((group) => group.length > 0);
  const order = others.toSpliced(to, 0, [place]);
  return ranks.map((_, one) => {
    const at = order.findIndex((group) => group.includes(one));
    return at < 0 ? null : at + 1;
  });
}
