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

/** Whether the next answer that is tapped is to share the last rank of the order; only a draft says so. */
export const tiesNext = (draft: Answer | undefined): boolean => draft?.tieNext === true;

/** The rank that a tap gives. */
export function tappedRank(draft: Answer | undefined, ranks: Ranks): number {
  const last = Math.max(0, ...ranks.map((rank) => rank ?? 0));
  return tiesNext(draft) && last > 0 ? last : nextRank(ranks);
}

/** Where a moved answer goes among the groups of the others: before the one at `to`, or into a tie with it. */
export interface Landing {
  readonly to: number;
  readonly tie: boolean;
}

/** The order after an answer was moved among the ranked ones; what was tied with it stays where it was. */
export function moved(ranks: Ranks, place: number, { to, tie }: Landing): (number | null)[] {
  const others = groupsOf(ranks)
    .map((group) => group.filter((one) => one !== place))
    .filter((group) => group.length > 0);
  const order = tie ? others.with(to, [...(others[to] ?? []), place]) : others.toSpliced(to, 0, [place]);
  return ranks.map((_, one) => {
    const at = order.findIndex((group) => group.includes(one));
    return at < 0 ? null : at + 1;
  });
}

/** Where an arrow key moves an answer: past its neighbour; out of a tie before it passes anybody. */
export function step(ranks: Ranks, place: number, by: -1 | 1): Landing {
  const groups = groupsOf(ranks);
  const at = groups.findIndex((group) => group.includes(place));
  const tied = (groups[at]?.length ?? 0) > 1;
  // Counted among the others: a group of its own is gone from before those behind it.
  if (by === 1) return { to: at + 1, tie: false };
  return { to: tied ? at : Math.max(0, at - 1), tie: false };
}
