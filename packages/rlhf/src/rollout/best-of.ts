/**
 * Best-of-n (rejection sampling): of every n neighbours the one with the highest score; the first of equals.
 * Its policy lies log n − (n−1)/n nats from the one drawn from, or nearer.
 */
export function bestOf<T>(items: readonly T[], n: number, scoreOf: (item: T) => number): T[] {
  const kept: T[] = [];
  for (let start = 0; start < items.length; start += n) {
    const best = items.slice(start, start + n).reduce((one, other) => (scoreOf(other) > scoreOf(one) ? other : one));
    kept.push(best);
  }
  return kept;
}
