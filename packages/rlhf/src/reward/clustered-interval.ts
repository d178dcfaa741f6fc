export interface ClusteredMean {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Mean with a 95 % interval when values of one cluster are correlated (Liang and Zeger 1986): the residuals are summed within
 * a cluster before they are squared, and clusters count as the sample. One cluster alone says nothing of the spread: (−∞, ∞).
 */
export function clusteredMean(values: readonly { readonly cluster: string; readonly value: number }[]): ClusteredMean {
  const n = values.length;
  const mean = values.reduce((sum, { value }) => sum + value, 0) / n;
  const residuals = new Map<string, number>();
  for (const { cluster, value } of values) residuals.set(cluster, (residuals.get(cluster) ?? 0) + value - mean);
  const clusters = residuals.size;
  if (clusters < 2) return { mean, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  let squares = 0;
  for (const residual of residuals.values()) squares += residual ** 2;
  const error = Math.sqrt((squares * clusters) / (clusters - 1)) / n;
  return { mean, low: mean - 1.96 * error, high: mean + 1.96 * error };
}
