import type { ModelName, ModelStandingView, OpenEstimate, StandingModel } from "@touchstone/contracts";

export type NameOf = (model: string) => string;

/** Names of a standing's models in the reader's words, by what they are known by. */
export function namesOf(
  { models }: Pick<ModelStandingView, "models">,
  nameOfVersion: (version: ModelName) => string,
): NameOf {
  const names = new Map(models.map(({ model, name, version }) => [model, version ? nameOfVersion(version) : name]));
  return (model) => names.get(model) ?? model;
}

/** The axis that all intervals of some tables are drawn on, with 0 on it. */
export function axisOf(groups: readonly (readonly StandingModel[])[]): { readonly from: number; readonly to: number } {
  const ends = groups.flat().flatMap(({ strength: { value, low, high } }) => [value, low ?? value, high ?? value]);
  return { from: Math.min(0, ...ends), to: Math.max(0, ...ends) };
}

/** An interval as it is drawn: an end that nothing sets goes to the edge. */
export const drawn = ({ value, low, high }: OpenEstimate, axis: { readonly from: number; readonly to: number }) => ({
  value,
  low: low ?? axis.from,
  high: high ?? axis.to,
});

/** "2", or "1–3" where the judgements leave several places. */
export const placesOf = ({ best, worst }: StandingModel["rank"]): string =>
  best === worst ? String(best) : `${best}–${worst}`;

type Pair = ModelStandingView["pairs"][number];

/** A pair from the side of one of its models. */
export function seenFrom(model: string, pair: Pair): Pair {
  if (pair.a === model) return pair;
  const { a, b, wins, losses, winRate, expected } = pair;
  return {
    ...pair,
    a: b,
    b: a,
    wins: losses,
    losses: wins,
    winRate: 1 - winRate,
    expected: { ...expected, wins: expected.losses, losses: expected.wins, winRate: 1 - expected.winRate },
  };
}

/** The pairs of a table, each from the side of the stronger model, in the tables' order. */
export function pairsInOrder({ groups, pairs }: Pick<ModelStandingView, "groups" | "pairs">): Pair[] {
  const place = new Map(groups.flat().map(({ model }, index) => [model, index]));
  const placeOf = (model: string) => place.get(model) ?? 0;
  return pairs
    .map((pair) => seenFrom(placeOf(pair.a) <= placeOf(pair.b) ? pair.a : pair.b, pair))
    .sort((one, other) => placeOf(one.a) - placeOf(other.a) || placeOf(one.b) - placeOf(other.b));
}

export type Missing = "nothing" | "unnamed" | "oneModel" | "unordered" | "kept" | "narrow";

/** Why there is no table: what is missing first; null where there is one. */
export function missingOf(
  { judgements, left }: Pick<ModelStandingView, "judgements" | "left">,
  narrowed: boolean,
): Missing | null {
  if (judgements - left.oneModel > 0) return null;
  if (left.unnamed > 0) return "unnamed";
  if (left.oneModel > 0) return "oneModel";
  if (left.leftOut + left.blind + left.chosen + left.simulated > 0) return "kept";
  if (left.unordered > 0) return "unordered";
  return narrowed ? "narrow" : "nothing";
}

/** What is left out, by name, where there is any. */
export function leftOf({ left }: Pick<ModelStandingView, "left">) {
  const order = ["leftOut", "unnamed", "oneModel", "blind", "chosen", "simulated", "unordered"] as const;
  return order.flatMap((why) => (left[why] > 0 ? [{ why, count: left[why] }] : []));
}
