/** A stretch of a text, by its first character and the one after its last. */
export type Range = readonly [number, number];

/** Cuts a stretch of text into parts that are shared and parts that are not. */
export function cutBy(
  ranges: readonly Range[],
  start: number,
  end: number,
): readonly { start: number; end: number; shared: boolean }[] {
  const parts: { start: number; end: number; shared: boolean }[] = [];
  let at = start;
  for (const [from, to] of ranges) {
    const inside: Range = [Math.max(from, start), Math.min(to, end)];
    if (inside[0] >= inside[1]) continue;
    if (at < inside[0]) parts.push({ start: at, end: inside[0], shared: false });
    parts.push({ start: inside[0], end: inside[1], shared: true });
    at = inside[1];
  }
  if (at < end) parts.push({ start: at, end, shared: false });
  return parts;
}
