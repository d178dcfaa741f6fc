/** The middle of the values, or the mean of the middle two. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The smallest value that at least this part of all values does not exceed (nearest rank). NaN for none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}

/** A rate, such as tokens a second, is better when it is greater; a time when it is smaller. */
export type Measure = "rate" | "time";

/** This project over the peer for rates, the peer over this project for times: more is always better. */
export function ratioOf(measure: Measure, ours: number, peers: number): number {
  return measure === "rate" ? ours / peers : peers / ours;
}

/** What the rounds of one program or setting came to, in the row's unit. */
export interface Measured {
  readonly label: string;
  readonly rounds: readonly number[];
  /** The most that its process held in memory at once, in MB. */
  readonly memoryMb?: number | undefined;
}

/** The one whose median is best; undefined for none. */
export function bestOf<M extends Measured>(measure: Measure, candidates: readonly M[]): M | undefined {
  const [first, ...rest] = candidates;
  if (!first) return undefined;
  return rest.reduce(
    (best, next) => (ratioOf(measure, median(next.rounds), median(best.rounds)) > 1 ? next : best),
    first,
  );
}

/**
 * Measures by turns, A B A B …, so that a slow minute of a shared machine falls on all alike.
 * @returns the values of each, in the order of `contenders`
 */
export async function interleaved<C, Value>(
  contenders: readonly C[],
  rounds: number,
  once: (contender: C, round: number) => Promise<Value>,
): Promise<Value[][]> {
  const values: Value[][] = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, contender] of contenders.entries()) values[index]?.push(await once(contender, round));
  }
  return values;
}
