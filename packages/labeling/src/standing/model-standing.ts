import { comparableGroups } from "./connected.ts";
import type { ModelComparison } from "./model-comparison.ts";
import { inverseOf, times } from "./solve.ts";

/** A value with the ends of its 95 % interval; null is an end that the judgements don't set. */
export interface Interval {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface StandingModel {
  readonly model: string;
  /** Log strength, 0 on average in its group: of two models, exp of the difference is the odds of being preferred, ties aside. */
  readonly strength: Interval;
  readonly judgements: number;
  /** It won, or lost, every judgement: no finite strength fits best, and the prior alone holds the value. */
  readonly unbounded: "won all" | "lost all" | null;
}

export interface ModelStanding {
  /** Models that met, directly or through others, the strongest first. Strengths of different groups can't be compared. */
  readonly groups: readonly (readonly StandingModel[])[];
  /** Log odds of the answer shown first between equal models; null when no order is known. */
  readonly position: Interval | null;
  /** Log of Davidson's ν: between equal models a tie is ν/(ν + 2) of the judgements. Null without ties. */
  readonly tie: Interval | null;
  readonly prompts: number;
  readonly judgements: number;
}

/** Standard deviation of the prior on every parameter: worth a small part of one judgement, it only keeps the infinite finite. */
const priorDeviation = 10;
const normal95 = 1.959963984540054;

/**
 * Which model wins: Bradley–Terry with ties and a position term. Davidson (1970), "On extending the Bradley–Terry model
 * to accommodate ties in paired comparison experiments", JASA 65; the order effect after Davidson and Beaver (1977),
 * Biometrics 33. With η = θ_first − θ_second + δ, the first, the second and neither are preferred as
 * exp(η/2) : exp(−η/2) : ν; δ is left out of a judgement whose order isn't known.
 *
 * Fitted by damped Newton steps under a normal prior of mean 0 and deviation 10 on every parameter. Intervals are clustered by
 * prompt (sandwich, with the prior's part), and never narrower than if the judgements knew nothing of each other.
 * A model against itself tells of position and ties only.
 *
 * @returns groups without a model, and null terms, when there is no comparison.
 */
export function modelStanding(comparisons: readonly ModelComparison[]): ModelStanding {
  const models = [...new Set(comparisons.flatMap(({ a, b }) => [a, b]))].sort();
  const index = new Map(models.map((model, at) => [model, at]));
  const positionAt = comparisons.some(({ first }) => first !== null) ? models.length : null;
  const sized = models.length + (positionAt === null ? 0 : 1);
  const tieAt = comparisons.some(({ won }) => won === "tie") ? sized : null;
  const size = sized + (tieAt === null ? 0 : 1);
  const games = comparisons.map((one) => gameOf(one, index, positionAt));
  const { at, hessian } = fit(games, size, tieAt);
  const inverse = inverseOf(hessian);
  const covariance = clustered(games, at, inverse, tieAt);

  const intervalOf = (contrast: Float64Array): Interval => {
    const value = dot(contrast, at);
    const variance = Math.max(dot(contrast, times(covariance, contrast)), dot(contrast, times(inverse, contrast)));
    const half = normal95 * Math.sqrt(variance);
    return { value, low: value - half, high: value + half };
  };
  const only = (parameter: number) => Float64Array.from({ length: size }, (_, cell) => (cell === parameter ? 1 : 0));
  const records = recordsOf(comparisons);
  const standingOf = (model: string, group: readonly string[]): StandingModel => {
    const contrast = only(index.get(model) ?? 0);
    for (const other of group) add(contrast, index.get(other) ?? 0, -1 / group.length);
    const { judgements, won, lost } = records.get(model) ?? { judgements: 0, won: 0, lost: 0 };
    const strength = intervalOf(contrast);
    if (judgements > 0 && won === judgements) {
      return { model, strength: { ...strength, high: null }, judgements, unbounded: "won all" };
    }
    if (judgements > 0 && lost === judgements) {
      return { model, strength: { ...strength, low: null }, judgements, unbounded: "lost all" };
    }
    return { model, strength, judgements, unbounded: null };
  };
  return {
    groups: comparableGroups(models, comparisons).map((group) =>
      group.map((model) => standingOf(model, group)).sort((left, right) => right.strength.value - left.strength.value),
    ),
    position: positionAt === null ? null : intervalOf(only(positionAt)),
    tie: tieAt === null ? null : intervalOf(only(tieAt)),
    prompts: new Set(comparisons.map(({ prompt }) => prompt)).size,
    judgements: comparisons.length,
  };
}

interface Game {
  /** η is the sum of these parameters, each with its sign. */
  readonly terms: readonly (readonly [parameter: number, sign: number])[];
  /** +1: the side η speaks for was preferred, −1: the other, 0: a tie. */
  readonly won: number;
  readonly weight: number;
  readonly prompt: string;
}

function gameOf(one: ModelComparison, index: ReadonlyMap<string, number>, positionAt: number | null): Game {
  const { a, b, won, first, weight, prompt } = one;
  const terms: [number, number][] = [];
  if (a !== b) terms.push([index.get(a) ?? 0, 1], [index.get(b) ?? 0, -1]);
  if (positionAt !== null && first !== null) terms.push([positionAt, first === "a" ? 1 : -1]);
  return { terms, won: { a: 1, b: -1, tie: 0 }[won], weight, prompt };
}

/** Derivatives of one judgement's log likelihood by η and by log ν, and their covariance: the model is an exponential family. */
function derivatives({ terms, won, weight }: Game, at: Float64Array, tieAt: number | null) {
  const eta = terms.reduce((sum, [parameter, sign]) => sum + sign * (at[parameter] ?? 0), 0);
  // Divided by the larger side, so that no exponential overflows.
  const large = Math.abs(eta) / 2;
  const winner = Math.exp(eta / 2 - large);
  const loser = Math.exp(-eta / 2 - large);
  const tie = tieAt === null ? 0 : Math.exp((at[tieAt] ?? 0) - large);
  const sum = winner + loser + tie;
  const mean = (winner - loser) / (2 * sum);
  const tied = tie / sum;
  return {
    logLikelihood: weight * ((won * eta) / 2 - large + (won === 0 ? (at[tieAt ?? -1] ?? 0) : 0) - Math.log(sum)),
    eta: weight * (won / 2 - mean),
    tie: weight * ((won === 0 ? 1 : 0) - tied),
    etaEta: weight * ((1 - tied) / 4 - mean * mean),
    etaTie: -weight * mean * tied,
    tieTie: weight * tied * (1 - tied),
  };
}

/** The point where the penalised likelihood is largest, and its negative Hessian there. It is strictly concave: there is one. */
function fit(games: readonly Game[], size: number, tieAt: number | null) {
  const precision = 1 / priorDeviation ** 2;
  const heightAt = (at: Float64Array) =>
    games.reduce((sum, game) => sum + derivatives(game, at, tieAt).logLikelihood, (-precision / 2) * dot(at, at));
  let at = new Float64Array(size);
  let height = heightAt(at);
  for (let step = 0; ; step++) {
    const gradient = at.map((value) => -precision * value);
    const hessian = Array.from({ length: size }, () => new Float64Array(size));
    for (const [cell, row] of hessian.entries()) row[cell] = precision;
    for (const game of games) accumulate(game, at, tieAt, gradient, hessian);
    const move = times(inverseOf(hessian), gradient);
    if (step === 100 || Math.max(0, ...move.map(Math.abs)) < 1e-9) return { at, hessian };
    // Newton's step may overshoot far from the top: halved until it does not go down.
    let share = 1;
    let next = at;
    let nextHeight = height;
    do {
      next = at.map((value, cell) => value + share * (move[cell] ?? 0));
      nextHeight = heightAt(next);
      share /= 2;
    } while (nextHeight < height - 1e-12 * Math.abs(height) && share > 1e-9);
    at = next;
    height = nextHeight;
  }
}

function accumulate(
  game: Game,
  at: Float64Array,
  tieAt: number | null,
  gradient: Float64Array,
  hessian: readonly Float64Array[],
): void {
  const d = derivatives(game, at, tieAt);
  addScore(gradient, game, d, tieAt);
  for (const [left, leftSign] of game.terms) {
    const row = hessian[left];
    if (row === undefined) continue;
    for (const [right, rightSign] of game.terms) add(row, right, leftSign * rightSign * d.etaEta);
    if (tieAt === null) continue;
    add(row, tieAt, leftSign * d.etaTie);
    add(hessian[tieAt] ?? row, left, leftSign * d.etaTie);
  }
  const ties = tieAt === null ? undefined : hessian[tieAt];
  if (tieAt !== null && ties !== undefined) add(ties, tieAt, d.tieTie);
}

function addScore(to: Float64Array, { terms }: Game, d: { eta: number; tie: number }, tieAt: number | null): void {
  for (const [parameter, sign] of terms) add(to, parameter, sign * d.eta);
  if (tieAt !== null) add(to, tieAt, d.tie);
}

/**
 * H⁻¹(S + R)H⁻¹: S sums the outer products of each prompt's score (Liang and Zeger 1986), times n/(n − 1); R is the prior's
 * precision, which stands for what the judgements don't say, so that a direction only the prior holds is as wide as it.
 */
function clustered(games: readonly Game[], at: Float64Array, inverse: readonly Float64Array[], tieAt: number | null) {
  const scores = new Map<string, Float64Array>();
  for (const game of games) {
    const score = scores.get(game.prompt) ?? new Float64Array(at.length);
    addScore(score, game, derivatives(game, at, tieAt), tieAt);
    scores.set(game.prompt, score);
  }
  const correction = scores.size / Math.max(1, scores.size - 1);
  const covariance = Array.from({ length: at.length }, () => new Float64Array(at.length));
  const addOuter = (vector: Float64Array, factor: number) => {
    for (const [cell, row] of covariance.entries()) {
      for (let other = 0; other < row.length; other++)
        add(row, other, factor * (vector[cell] ?? 0) * (vector[other] ?? 0));
    }
  };
  for (const score of scores.values()) addOuter(times(inverse, score), correction);
  for (const row of inverse) addOuter(row, 1 / priorDeviation ** 2);
  return covariance;
}

function recordsOf(comparisons: readonly ModelComparison[]) {
  const records = new Map<string, { judgements: number; won: number; lost: number }>();
  const count = (model: string, won: boolean, lost: boolean) => {
    const record = records.get(model) ?? { judgements: 0, won: 0, lost: 0 };
    records.set(model, {
      judgements: record.judgements + 1,
      won: record.won + (won ? 1 : 0),
      lost: record.lost + (lost ? 1 : 0),
    });
  };
  for (const { a, b, won } of comparisons) {
    if (a === b) continue;
    count(a, won === "a", won === "b");
    count(b, won === "b", won === "a");
  }
  return records;
}

function dot(left: Float64Array, right: Float64Array): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}

function add(to: Float64Array, index: number, value: number): void {
  to[index] = (to[index] ?? 0) + value;
}
