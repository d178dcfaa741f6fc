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

/**
 * Krippendorff's α for any number of annotators, missing judgements and three scales of measurement.
 * Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability": α = 1 − D_o/D_e over the coincidence matrix
 * o_ck = Σ_u (pairs c–k in unit u)/(m_u − 1). The 95 % interval resamples the items, since judgements of one item
 * depend on each other, and recomputes D_e each time.
 *
 * @param units the judgements of each item, in any order; values are numbers (code nominal labels as 0, 1, 2 …).
 * @returns null when no item has two judgements. When all values are the same, α is 1 by convention.
 */
export function krippendorffAlpha(
  units: readonly (readonly number[])[],
  scale: Scale,
  { resamples = 500, seed = 1 }: BootstrapOptions = {},
): AgreementEstimate | null {
  const pairable = units.filter((unit) => unit.length >= 2);
  if (pairable.length === 0) return null;
  const values = [...new Set(pairable.flat())].sort((left, right) => left - right);
  const code = new Map(values.map((value, index) => [value, index]));
  const coded = pairable.map((unit) => Uint16Array.from(unit, (value) => code.get(value) ?? 0));
  const everyOnce = new Uint32Array(coded.length).fill(1);
  const uniform = uniformFrom(seed);
  const draws = Array.from({ length: resamples }, () => {
    const times = new Uint32Array(coded.length);
    for (let draw = 0; draw < coded.length; draw++) {
      const chosen = Math.floor(uniform() * coded.length);
      times[chosen] = (times[chosen] ?? 0) + 1;
    }
    return alpha(coded, times, values, scale);
  });
  return {
    value: alpha(coded, everyOnce, values, scale),
    ...percentileInterval(draws),
    items: coded.length,
    pairs: coded.reduce((sum, unit) => sum + (unit.length * (unit.length - 1)) / 2, 0),
  };
}

/** α of the items, item u taken `times[u]` times. */
function alpha(units: readonly Uint16Array[], times: Uint32Array, values: readonly number[], scale: Scale): number {
  const size = values.length;
  const coincidences = new Float64Array(size * size);
  units.forEach((unit, index) => {
    const weight = (times[index] ?? 0) / (unit.length - 1);
    if (weight === 0) return;
    for (let i = 0; i < unit.length; i++) {
      for (let j = 0; j < unit.length; j++) {
        if (i === j) continue;
        const cell = (unit[i] ?? 0) * size + (unit[j] ?? 0);
        coincidences[cell] = (coincidences[cell] ?? 0) + weight;
      }
    }
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
