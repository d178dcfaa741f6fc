import { derivatives, type Game } from "./games.ts";
import { inverseOf, times } from "./solve.ts";

/** Standard deviation of the prior on every parameter: worth a small part of one judgement, it only keeps the infinite finite. */
const priorDeviation = 10;
const precision = 1 / priorDeviation ** 2;

/** The point where the penalised likelihood is largest, and its negative Hessian there. It is strictly concave: there is one. */
export function fit(games: readonly Game[], size: number, tieAt: number | null) {
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
  for (const [parameter, sign] of game.terms) add(gradient, parameter, sign * d.eta);
  if (tieAt !== null) add(gradient, tieAt, d.tie);
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

/**
 * H⁻¹(S + R)H⁻¹: S sums the outer products of each prompt's score (Liang and Zeger 1986), times n/(n − 1); R is the prior's
 * precision, which stands for what the judgements don't say, so that a direction only the prior holds is as wide as it.
 *
 * @param prompts the games of each prompt; a prompt's score has few cells that are not nothing, and only these are summed.
 */
export function clustered(
  prompts: Iterable<readonly Game[]>,
  at: Float64Array,
  inverse: readonly Float64Array[],
  tieAt: number | null,
): Float64Array[] {
  const size = at.length;
  const sum = Array.from({ length: size }, () => new Float64Array(size));
  let count = 0;
  for (const games of prompts) {
    count += 1;
    const score = [...scoreOf(games, at, tieAt)];
    for (const [left, value] of score) {
      const row = sum[left];
      if (row) for (const [right, other] of score) add(row, right, value * other);
    }
  }
  const correction = count / Math.max(1, count - 1);
  const middle = sum.map((row, cell) =>
    row.map((value, other) => correction * value + (cell === other ? precision : 0)),
  );
  // The inverse is symmetric, so its rows are its columns.
  const half = inverse.map((row) => times(middle, row));
  return half.map((row) => times(inverse, row));
}

function scoreOf(games: readonly Game[], at: Float64Array, tieAt: number | null): Map<number, number> {
  const score = new Map<number, number>();
  const sum = (cell: number, value: number) => score.set(cell, (score.get(cell) ?? 0) + value);
  for (const game of games) {
    const d = derivatives(game, at, tieAt);
    for (const [parameter, sign] of game.terms) sum(parameter, sign * d.eta);
    if (tieAt !== null) sum(tieAt, d.tie);
  }
  return score;
}

export function dot(left: Float64Array, right: Float64Array): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}

export function add(to: Float64Array, index: number, value: number): void {
  to[index] = (to[index] ?? 0) + value;
}
