export interface ClusteredMean {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** Of a share, and of the difference between two. */
export const shareBounds: Bounds = { least: 0, most: 1 };
export const leadBounds: Bounds = { least: -1, most: 1 };

/**
 * Mean with a 95 % interval when values of one cluster are correlated (Liang and Zeger 1986): the residuals are summed within
 * a cluster before they are squared, and clusters count as the sample. One cluster alone says nothing of the spread: (−∞, ∞).
 * @param bounds what the values lie between: of a few clusters the normal interval reaches beyond it, and is cut there.
 */
export function clusteredMean(
  values: readonly { readonly cluster: string; readonly value: number }[],
  bounds: Bounds = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY },
): ClusteredMean {
  const n = values.length;
  const mean = values.reduce((sum, { value }) => sum + value, 0) / n;
  const residuals = new Map<string, number>();
  for (const { cluster, value } of values) residuals.set(cluster, (residuals.get(cluster) ?? 0) + value - mean);
  const clusters = residuals.size;
  if (clusters < 2) return { mean, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  let squares = 0;
  for (const residual of residuals.values()) squares += residual ** 2;
  const error = Math.sqrt((squares * clusters) / (clusters - 1)) / n;
  return { mean, low: Math.max(bounds.least, mean - 1.96 * error), high: Math.min(bounds.most, mean + 1.96 * error) };
}
