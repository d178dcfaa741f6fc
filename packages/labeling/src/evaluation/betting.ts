/** How many different stakes share the starting capital; more change no figure shown. */
const bets = 16;

/**
 * The fractions, of the largest stake that cannot go broke, that are bet with equal shares of the capital. At n values
 * the deviation that refutes at error δ is about σ·√(2 log(1/δ)/n), and the best fixed fraction near it is that same root
 * over σ/m, between 1 and 2 for scores that are wins, ties and losses: so they are spread evenly in logarithm around it.
 *
 * @param planned how many values the sequence is to have, fixed before the first was seen. Any n keeps the guarantee;
 * this one makes the interval narrowest near the end.
 */
export function stakeFractions(planned: number, delta: number): Float64Array {
  const root = Math.sqrt((2 * Math.log(1 / delta)) / Math.max(planned, 1));
  const highest = Math.min(0.95, 2 * root);
  const lowest = Math.min(0.7 * root, highest / 2);
  return Float64Array.from({ length: bets }, (_, g) => lowest * (highest / lowest) ** ((g + 0.5) / bets));
}

/** Beyond this nothing is left to prove, and products would overflow. */
const beyondDoubt = 1e200;

/**
 * The largest wealth ever reached by betting, from 1, on "the mean is above m".
 *
 * The mixture K_t = (1/G) Σ_g Π_{i≤t} (1 + c_g (x_i/m − 1)), c_g the fractions: a capital process of Waudby-Smith and
 * Ramdas (2024), "Estimating means of bounded random variables by betting", JRSS B 86, section 4, with stakes c_g/m.
 * While E[x_i | x_1 … x_{i−1}] ≤ m it is a non-negative supermartingale that starts at 1, so by Ville's inequality
 * P(max_t K_t ≥ 1/δ) ≤ δ, however often and whenever one looks.
 *
 * The stakes are fixed beforehand, so each factor grows with x_i and falls with m: with a lower bound in the place of a
 * mean not yet fully known, the wealth is at most the one that will be known at last.
 *
 * @param values x_1 … x_n in [0, 1], in the order fixed before the first was seen.
 * @param m in (0, 1).
 */
export function largestWealth(values: readonly number[], m: number, fractions: Float64Array): number {
  const capitals = new Float64Array(bets).fill(1 / bets);
  let largest = 1;
  for (const value of values) {
    const gain = value / m - 1;
    let wealth = 0;
    for (let g = 0; g < bets; g++) {
      const capital = (capitals[g] ?? 0) * (1 + (fractions[g] ?? 0) * gain);
      capitals[g] = capital;
      wealth += capital;
    }
    largest = Math.max(largest, wealth);
    if (largest > beyondDoubt) break;
  }
  return largest;
}

/**
 * The largest lower bound on the mean that betting supports at error `delta`, at any time: every m below it has been
 * refuted by a wealth of 1/delta. 0 when nothing is refuted. The wealth falls with m, so bisection finds the bound.
 */
export function lowerBound(values: readonly number[], delta: number, fractions: Float64Array): number {
  let refuted = 0;
  let open = 1;
  // 2⁻³⁰ is far finer than any figure shown.
  for (let step = 0; step < 30; step++) {
    const middle = (refuted + open) / 2;
    if (largestWealth(values, middle, fractions) >= 1 / delta) refuted = middle;
    else open = middle;
  }
  return refuted;
}
