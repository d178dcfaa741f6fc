/** A point of a curve: step and value. */
export type Point = readonly [number, number];

/**
 * Exponential moving average with its start corrected, as in Adam (Kingma and Ba 2015, section 3): without the
 * correction the line would begin at zero. `weight` 0 leaves the line as it is.
 */
export function smooth(points: readonly Point[], weight: number): readonly Point[] {
  let average = 0;
  let mass = 0;
  return points.map(([step, value]) => {
    average = weight * average + (1 - weight) * value;
    mass = weight * mass + (1 - weight);
    return [step, average / mass];
  });
}

/** More points than this cannot be told apart on any screen. */
const mostPoints = 600;

/** Keeps the least and the greatest of every stretch, so that a spike of one step stays on the picture. */
export function thin(points: readonly Point[], most: number = mostPoints): readonly Point[] {
  if (points.length <= most) return points;
  const stretch = Math.ceil((2 * points.length) / most);
  const kept: Point[] = [];
  for (let start = 0; start < points.length; start += stretch) {
    const part = points.slice(start, start + stretch);
    const least = part.reduce((one, other) => (other[1] < one[1] ? other : one));
    const greatest = part.reduce((one, other) => (other[1] > one[1] ? other : one));
    kept.push(...(least === greatest ? [least] : [least, greatest].sort((one, other) => one[0] - other[0])));
  }
  return kept;
}

/** An SVG path in a box 1000 wide and 100 high, stretched later; not-finite values break the line. */
export function pathOf(points: readonly Point[], x: (step: number) => number, y: (value: number) => number): string {
  let pen = "M";
  let path = "";
  for (const [step, value] of points) {
    if (!Number.isFinite(value)) {
      pen = "M";
      continue;
    }
    path += `${pen}${(x(step) * 1000).toFixed(1)} ${((1 - y(value)) * 100).toFixed(2)}`;
    pen = "L";
  }
  return path;
}

/** A single point is no line: a stroke of no length that round ends make a dot. Empty where there is a line. */
export function dotOf(points: readonly Point[], x: (step: number) => number, y: (value: number) => number): string {
  const [only] = points.filter(([, value]) => Number.isFinite(value));
  if (!only || points.length > 1) return "";
  return `${pathOf([only], x, y)}h0`;
}

/** The last point at or before the step; the reading under the cursor. */
export function readingAt(points: readonly Point[], step: number): Point | undefined {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const point = points[middle];
    if (point && point[0] <= step) low = middle + 1;
    else high = middle;
  }
  return points[low - 1];
}

/** Where a line's mark stands: both as shares of the plot, from its left and its lower edge. */
export interface EndMark {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

/** The least distance of two marks, as a share of the plot's height: a line of small text. */
const markHeight = 0.07;

/**
 * Marks of lines that end at the same height are moved apart, upwards, in the order of the lines; what would leave the plot
 * above moves them all down together. Marks of other places along the axis are not in each other's way.
 */
export function apart(marks: readonly EndMark[], height: number = markHeight): readonly EndMark[] {
  const placed: EndMark[] = [];
  for (const mark of marks.toSorted((one, other) => one.y - other.y)) {
    const below = placed.filter(({ x }) => Math.abs(x - mark.x) < 0.05).at(-1);
    placed.push({ ...mark, y: below ? Math.max(mark.y, below.y + height) : mark.y });
  }
  const over = Math.max(0, ...placed.map(({ y }) => y - 1));
  return over === 0 ? placed : placed.map((mark) => ({ ...mark, y: mark.y - over }));
}
