export interface ClusteredMean {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

interface ClusteredValue {
  readonly cluster: string;
  readonly value: number;
}

/**
 * Mean with a 95 % interval when values of one cluster are correlated (Liang and Zeger 1986): the residuals are summed within
 * a cluster before they are squared, and clusters count as the sample. One cluster alone says nothing of the spread: (−∞, ∞).
 *
 * @param range what a value can be at all, such as [−1, 1] for a difference of shares: the interval ends there, for the
 *   normal approximation of few clusters goes on beyond it.
 */
export function clusteredMean(
  values: readonly ClusteredValue[],
  [least, most]: readonly [number, number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
): ClusteredMean {
  const { mean, error, clusters } = clusteredError(values);
  if (clusters < 2) return { mean, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  return { mean, low: Math.max(least, mean - 1.96 * error), high: Math.min(most, mean + 1.96 * error) };
}

/**
 * Share with a 95 % interval for clustered values between 0 and 1: Wilson's score interval (1927) at the effective sample
 * size p(1 − p) / error² (Kott 2017, "A note on Wilson coverage intervals for proportions estimated from complex samples").
 * It stays within [0, 1] and does not shrink to a point where all values are equal: there each cluster counts as one value.
 */
export function clusteredShare(values: readonly ClusteredValue[]): ClusteredMean {
  const { mean, error, clusters } = clusteredError(values);
  if (clusters < 2) return { mean, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const size = error === 0 ? clusters : Math.min(values.length, (mean * (1 - mean)) / error ** 2);
  const shrink = 1.96 ** 2 / size;
  const centre = (mean + shrink / 2) / (1 + shrink);
  const reach = Math.sqrt(shrink * mean * (1 - mean) + shrink ** 2 / 4) / (1 + shrink);
  return { mean, low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
}

/** The mean, its cluster-robust standard error (Liang and Zeger 1986), and how many clusters there are. */
function clusteredError(values: readonly ClusteredValue[]): { mean: number; error: number; clusters: number } {
  const n = values.length;
  const mean = values.reduce((sum, { value }) => sum + value, 0) / n;
  const residuals = new Map<string, number>();
  for (const { cluster, value } of values) residuals.set(cluster, (residuals.get(cluster) ?? 0) + value - mean);
  const clusters = residuals.size;
  let squares = 0;
  for (const residual of residuals.values()) squares += residual ** 2;
  return { mean, error: Math.sqrt((squares * clusters) / (clusters - 1)) / n, clusters };
}
