/** Numbers that people count in: 1, 2 or 5 times a power of ten. */
function niceStep(span: number, ticks: number): number {
  const rough = span / ticks;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough) ?? 10;
  return factor * power;
}

export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
}

/**
 * An axis around the values with two or three ticks. Values that do not vary get room on both sides, so that a
 * constant lies in the middle and not on an edge.
 */
export function axisFor(values: readonly number[]): Axis {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return { from: 0, to: 1, ticks: [0, 1] };
  const low = finite.reduce((least, value) => Math.min(least, value));
  const high = finite.reduce((most, value) => Math.max(most, value));
  // Below this share of their size, values differ by rounding only.
  const size = Math.max(Math.abs(low), Math.abs(high));
  const varies = high - low > Math.max(size * 1e-9, 1e-100);
  const roomForConstant = size > 1e-100 ? size * 0.5 : 0.5;
  const room = varies ? (high - low) * 0.06 : roomForConstant;
  const from = low >= 0 && low - room < 0 ? 0 : low - room;
  const to = high + room;
  // A round step may leave a single tick inside; one alone gives no scale, so then a finer step is taken.
  const ticks = [3, 4, 6].map((count) => ticksBetween(from, to, niceStep(to - from, count)));
  return { from, to, ticks: ticks.find(({ length }) => length > 1) ?? ticks.at(-1) ?? [] };
}

function ticksBetween(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step);
  const last = Math.floor(to / step);
  // A multiple of a rounded step may fall an ulp outside.
  const inside = (tick: number): boolean => tick >= from && tick <= to;
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step).filter(inside);
}

/** Decimals that tell neighbouring ticks apart. */
export function digitsFor(axis: Axis): number {
  const [first = 0, second = 1] = axis.ticks;
  return Math.max(0, Math.min(6, -Math.floor(Math.log10(Math.abs(second - first) || 1))));
}

/** Ticks of the step axis: the plan's start and end, and round numbers between that do not crowd them. */
export function stepTicks(total: number): readonly number[] {
  if (total <= 1) return [0, Math.max(1, total)];
  const step = Math.max(1, niceStep(total, 4));
  const inner = Array.from({ length: Math.ceil(total / step) }, (_, index) => index * step);
  return [...inner.filter((tick) => total - tick > step * 0.4), total];
}

/** Round places of an axis from zero that is not counted in wholes; its end is where it is. */
export function scaleTicks(total: number): readonly number[] {
  const step = niceStep(total, 4);
  return Array.from({ length: Math.floor(total / step) + 1 }, (_, index) => index * step);
}

/** Decimals that tell the ticks of `scaleTicks` apart. */
export function digitsOfSpan(total: number): number {
  return Math.max(0, Math.min(6, -Math.floor(Math.log10(niceStep(total, 4)))));
}
