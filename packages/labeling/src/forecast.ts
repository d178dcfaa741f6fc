/** When something will be done, in units of time from now. */
export interface Forecast {
  /** At the mean rate. */
  readonly value: number;
  readonly low: number;
  /** Null where the counts do not exclude that it never ends: their mean is not told from nothing. */
  readonly high: number | null;
}

/** From fewer units or fewer things counted nobody can tell. */
const fewestUnits = 3;
const fewestCounted = 10;

/** Student's t at 97.5 %, for 2 to 10 degrees of freedom; above, Cornish and Fisher's expansion is right to three digits. */
const smallT = [4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228] as const;

function studentT(degrees: number): number {
  const known = smallT[degrees - 2];
  if (known !== undefined) return known;
  const z = 1.959964;
  return z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2);
}

/**
 * How many more units of time `left` things take, with a 95 % interval, from how many came in each unit so far.
 *
 * Counts of units are taken as independent with one mean μ and one variance σ², at least that of a Poisson distribution
 * (people come in spells, so it is most often more). In m units to come the total is mμ give or take
 * √(mσ² + m²σ²/n), of which the second part is that μ itself is known from n units only. The ends of the interval are
 * the two m for which `left` lies just t of those away: a quadratic, as in Fieller (1954), "Some problems in interval
 * estimation". With a mean that is not told from nothing there is no upper end.
 *
 * @param counts of whole units, empty ones too, in any order.
 * @param left at least 1.
 * @returns null where there are fewer than three units or ten things counted.
 */
export function forecastEnd(counts: readonly number[], left: number): Forecast | null {
  const n = counts.length;
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (n < fewestUnits || total < fewestCounted) return null;
  const mean = total / n;
  const spread = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (n - 1);
  const variance = Math.max(spread, mean);
  const tt = studentT(n - 1) ** 2;
  const a = mean ** 2 - (tt * variance) / n;
  const b = 2 * mean * left + tt * variance;
  const root = Math.sqrt(Math.max(0, b ** 2 - 4 * a * left ** 2));
  return {
    value: left / mean,
    // In this form also where `a` is negative or nearly nothing.
    low: (2 * left ** 2) / (b + root),
    high: a > 0 ? (b + root) / (2 * a) : null,
  };
}
