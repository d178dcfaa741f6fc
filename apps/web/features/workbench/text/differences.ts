import { diffArrays } from "diff";

/** A stretch of a text, by its first character and the one after its last. */
export type Range = readonly [number, number];

/** Texts that differ in more places than this have little in common, and comparing them would take long. */
const mostEdits = 4_000;

/** What two texts share, word by word. Words come from the browser's own dictionary, so that Chinese works. */
export function sharedRanges(
  left: string,
  right: string,
  language?: string,
): readonly [readonly Range[], readonly Range[]] {
  const leftWords = wordsOf(left, language);
  const rightWords = wordsOf(right, language);
  const changes = diffArrays(leftWords, rightWords, { maxEditLength: mostEdits });
  if (!changes) return [[], []];
  const shared: [Range[], Range[]] = [[], []];
  let [leftAt, rightAt] = [0, 0];
  for (const change of changes) {
    const length = change.value.reduce((sum, word) => sum + word.length, 0);
    if (!change.added && !change.removed) {
      shared[0].push([leftAt, leftAt + length]);
      shared[1].push([rightAt, rightAt + length]);
    }
    if (!change.added) leftAt += length;
    if (!change.removed) rightAt += length;
  }
  return shared;
}

function wordsOf(text: string, language: string | undefined): string[] {
  return [...new Intl.Segmenter(language, { granularity: "word" }).segment(text)].map(({ segment }) => segment);
}

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
