import { uniformFrom } from "../seeded-random.ts";
import type { AgreementEstimate, BootstrapOptions } from "./krippendorff-alpha.ts";
import { percentileInterval } from "./percentile-interval.ts";

/**
 * Raw agreement: the share of pairs of judgements on the same item that say the same. Each item weighs by its pairs;
 * the 95 % interval resamples items.
 *
 * @param units the labels that each item got.
 * @returns null when no item has two judgements.
 */
export function rawAgreement(
  units: readonly (readonly (string | number)[])[],
  { resamples = 500, seed = 1 }: BootstrapOptions = {},
): AgreementEstimate | null {
  const tallies = units.filter((unit) => unit.length >= 2).map(pairsOf);
  if (tallies.length === 0) return null;
  const uniform = uniformFrom(seed);
  const draws = Array.from({ length: resamples }, () => {
    let equal = 0;
    let pairs = 0;
    for (let draw = 0; draw < tallies.length; draw++) {
      const tally = tallies[Math.floor(uniform() * tallies.length)];
      equal += tally?.equal ?? 0;
      pairs += tally?.pairs ?? 0;
    }
    return equal / pairs;
  });
  const pairs = tallies.reduce((sum, tally) => sum + tally.pairs, 0);
  const equal = tallies.reduce((sum, tally) => sum + tally.equal, 0);
  return { value: equal / pairs, ...percentileInterval(draws), items: tallies.length, pairs };
}

function pairsOf(labels: readonly (string | number)[]): { equal: number; pairs: number } {
  const counts = new Map<string | number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const choose2 = (n: number) => (n * (n - 1)) / 2;
  return { equal: [...counts.values()].reduce((sum, n) => sum + choose2(n), 0), pairs: choose2(labels.length) };
}
