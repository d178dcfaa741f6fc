/** How far apart two values are, squared, on each scale of measurement (Krippendorff 2011, section C). */
export type Scale = "nominal" | "ordinal" | "interval";

/**
 * The squared differences δ² between the distinct values, which stand in rising order.
 *
 * @param values the distinct values, rising; length V.
 * @param totals n_v, how many pairable values there are of each; length V. Only the ordinal scale looks at them.
 * @returns V × V, row-major.
 */
export function squaredDistances(scale: Scale, values: readonly number[], totals: readonly number[]): Float64Array {
  const size = values.length;
  const distances = new Float64Array(size * size);
  for (let c = 0; c < size; c++) {
    // Ordinal: (Σ_{g=c..k} n_g − (n_c + n_k)/2)², the ranks that lie between the two.
    let between = 0;
    for (let k = c; k < size; k++) {
      between += totals[k] ?? 0;
      const apart = {
        nominal: c === k ? 0 : 1,
        ordinal: c === k ? 0 : between - ((totals[c] ?? 0) + (totals[k] ?? 0)) / 2,
        interval: (values[k] ?? 0) - (values[c] ?? 0),
      }[scale];
      distances[c * size + k] = apart * apart;
      distances[k * size + c] = apart * apart;
    }
  }
  return distances;
}
