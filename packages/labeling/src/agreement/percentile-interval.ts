/** The central share `level` of resampled values, by the percentile method (Efron 1979), interpolated linearly. */
export function percentileInterval(draws: readonly number[], level = 0.95): { low: number; high: number } {
  const sorted = Float64Array.from(draws).sort();
  const at = (share: number): number => {
    const position = share * (sorted.length - 1);
    const below = sorted[Math.floor(position)] ?? Number.NaN;
    const above = sorted[Math.ceil(position)] ?? Number.NaN;
    return below + (above - below) * (position - Math.floor(position));
  };
  return { low: at((1 - level) / 2), high: at((1 + level) / 2) };
}
