/** How often what was shown first was chosen, beside how often it would be if its place meant nothing. */
export interface PositionShare {
  /** Share of the choices that took what was shown first, with its 95 % interval. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly choices: number;
  /** The share expected where the place means nothing: 1/K for K answers. */
  readonly chance: number;
  /** The chance of a share as far off as this one, or farther, where the place means nothing. */
  readonly p: number;
}

/** Of the standard normal, for a 95 % interval. */
const z = 1.959963984540054;

/**
 * Position bias of choices among K answers. The order is drawn anew for each judgement, so that where nobody minds the place
 * each choice takes the first one with a chance of 1/K, whatever people like and whoever judges: the binomial test needs no
 * more than that. A pair is shown in both orders equally often, which makes the number vary less than the test allows for.
 *
 * The interval is Wilson's (1927); p is the exact two-sided binomial test by the method of small p-values, as R's
 * `binom.test` has it. The work is linear in the number of choices.
 *
 * @param first choices of what was shown first, of all `choices` (1 or more).
 * @throws RangeError where there are no choices, or more of the first than choices.
 */
export function positionShare(first: number, choices: number, answers: number): PositionShare {
  if (choices < 1 || first < 0 || first > choices || answers < 2) {
    throw new RangeError("the first one is chosen in some of one or more choices among two or more");
  }
  const chance = 1 / answers;
  return {
    value: first / choices,
    ...wilson(first, choices),
    choices,
    chance,
    p: binomialTest(first, choices, chance),
  };
}

function wilson(first: number, choices: number): { low: number; high: number } {
  const share = first / choices;
  const scale = 1 + z ** 2 / choices;
  const centre = (share + z ** 2 / (2 * choices)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / choices + z ** 2 / (4 * choices ** 2));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** Numbers as likely as the one that was seen count too, whatever rounding made of them; R takes the same margin. */
const tolerance = 1 + 1e-7;

function binomialTest(seen: number, n: number, chance: number): number {
  const densities = binomialDensities(n, chance);
  const limit = (densities[seen] ?? 0) * tolerance;
  let sum = 0;
  for (const density of densities) if (density <= limit) sum += density;
  return Math.min(1, sum);
}

/** P(X = k) for k = 0 … n, each from the one before, in logarithms so that none is lost. */
function binomialDensities(n: number, chance: number): Float64Array {
  const densities = new Float64Array(n + 1);
  const odds = Math.log(chance) - Math.log1p(-chance);
  let log = n * Math.log1p(-chance);
  for (let k = 0; k <= n; k += 1) {
    densities[k] = Math.exp(log);
    log += Math.log(n - k) - Math.log(k + 1) + odds;
  }
  return densities;
}
