import { uniformFrom } from "../seeded-random.ts";
import { type Scale, squaredDistances } from "./distance.ts";
import { percentileInterval } from "./percentile-interval.ts";

export interface AgreementEstimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Items with two judgements or more; the others say nothing of agreement. */
  readonly items: number;
  /** Pairs of judgements on the same item. */
  readonly pairs: number;
}

export interface BootstrapOptions {
  /** Resamples of the items behind the 95 % interval. */
  readonly resamples?: number;
  readonly seed?: number;
}

/** How often each value was given to one item. */
export type ValueCounts = ReadonlyMap<number, number>;

/**
 * Krippendorff's α for any number of annotators, missing judgements and three scales of measurement.
 * Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability": α = 1 − D_o/D_e over the coincidence matrix
 * o_ck = Σ_u (pairs c–k in unit u)/(m_u − 1). The 95 % interval resamples the items, since judgements of one item
 * depend on each other, and recomputes D_e each time.
 *
 * The work is (items × resamples) × (distinct values of an item)²: how many judgements an item has doesn't count.
 *
 * @param units how often each value was given to each item; values are numbers (code nominal labels as 0, 1, 2 …).
 * @returns null when no item has two judgements. When all values are the same, α is 1 by convention.
 */
export function krippendorffAlpha(
  units: readonly ValueCounts[],
  scale: Scale,
  { resamples = 500, seed = 1 }: BootstrapOptions = {},
): AgreementEstimate | null {
  const pairable = units.map((unit) => ({ unit, judgements: judgementsOf(unit) })).filter((one) => one.judgements >= 2);
  if (pairable.length === 0) return null;
  const values = [...new Set(pairable.flatMap(({ unit }) => [...unit.keys()]))].sort((left, right) => left - right);
  const code = new Map(values.map((value, index) => [value, index]));
  const cells = pairable.map(({ unit, judgements }) => coincidenceCells(unit, judgements, code));
  const everyOnce = new Uint32Array(cells.length).fill(1);
  const uniform = uniformFrom(seed);
  const draws = Array.from({ length: resamples }, () => {
    const times = new Uint32Array(cells.length);
    for (let draw = 0; draw < cells.length; draw++) {
      const chosen = Math.floor(uniform() * cells.length);
      times[chosen] = (times[chosen] ?? 0) + 1;
    }
    return alpha(cells, times, values, scale);
  });
  return {
    value: alpha(cells, everyOnce, values, scale),
    ...percentileInterval(draws),
    items: cells.length,
    pairs: pairable.reduce((sum, { judgements }) => sum + (judgements * (judgements - 1)) / 2, 0),
  };
}

/** The values of one item in any order, counted. */
export function valueCounts(values: readonly number[]): ValueCounts {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function judgementsOf(unit: ValueCounts): number {
  let judgements = 0;
  for (const count of unit.values()) judgements += count;
  return judgements;
}

/** What one item adds to the coincidence matrix: the cell (row-major) and its share, for each pair of its values. */
interface CoincidenceCell {
  readonly cell: number;
  readonly share: number;
}

function coincidenceCells(unit: ValueCounts, judgements: number, code: ReadonlyMap<number, number>): CoincidenceCell[] {
  const coded = [...unit].map(([value, count]) => ({ c: code.get(value) ?? 0, count }));
  return coded.flatMap(({ c, count }) =>
    coded.map((other) => ({
      cell: c * code.size + other.c,
      // Of one value, a judgement makes a pair with each other judgement but itself.
      share: (count * (other.c === c ? count - 1 : other.count)) / (judgements - 1),
    })),
  );
}

/** α of the items, item u taken `times[u]` times. */
function alpha(
  units: readonly (readonly CoincidenceCell[])[],
  times: Uint32Array,
  values: readonly number[],
  scale: Scale,
): number {
  const size = values.length;
  const coincidences = new Float64Array(size * size);
  units.forEach((cells, index) => {
    const drawn = times[index] ?? 0;
    if (drawn === 0) return;
    for (const { cell, share } of cells) coincidences[cell] = (coincidences[cell] ?? 0) + drawn * share;
  });
  const totals = values.map((_, c) => {
    let total = 0;
    for (let k = 0; k < size; k++) total += coincidences[c * size + k] ?? 0;
    return total;
  });
  const count = totals.reduce((sum, total) => sum + total, 0);
  const distances = squaredDistances(scale, values, totals);
  let observed = 0;
  let expected = 0;
  for (let c = 0; c < size; c++) {
    for (let k = 0; k < size; k++) {
      const distance = distances[c * size + k] ?? 0;
      observed += (coincidences[c * size + k] ?? 0) * distance;
      expected += (totals[c] ?? 0) * (totals[k] ?? 0) * distance;
    }
  }
  return expected === 0 ? 1 : 1 - ((count - 1) * observed) / expected;
}
