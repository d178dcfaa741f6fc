import type { RunMetricsView } from "@touchstone/contracts";

/** Adds one step's values; a step that comes again (after a resume) replaces the old and what lay behind it. */
export function appendMetrics(
  old: RunMetricsView | undefined,
  step: number,
  values: Readonly<Record<string, number>>,
): RunMetricsView | undefined {
  // Nothing fetched yet: the first fetch brings all points, this one included.
  if (!old) return undefined;
  const series = new Map(old.series.map((one) => [one.name, one]));
  for (const [name, value] of Object.entries(values)) {
    const before = (series.get(name)?.points ?? []).filter(([at]) => at < step);
    series.set(name, { name, points: [...before, [step, value]] });
  }
  return { names: [...series.keys()], series: [...series.values()] };
}
