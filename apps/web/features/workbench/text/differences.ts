import { diffArrays } from "diff";
import type { Range } from "./cut-by.ts";
import { languageTag } from "./language-tag.ts";

/** Texts that differ in more places than this have little in common, and comparing them would hold up the keys. */
const limits = { maxEditLength: 4_000, timeout: 500 };

/**
 * What two texts share, word by word; undefined where they have too little in common to tell. Words come from the
 * browser's own dictionary, so that Chinese works; the language is taken as data say it, in any words.
 */
export function sharedRanges(
  left: string,
  right: string,
  language?: string,
): readonly [readonly Range[], readonly Range[]] | undefined {
  const leftWords = wordsOf(left, language);
  const rightWords = wordsOf(right, language);
  const changes = diffArrays(leftWords, rightWords, limits);
  if (!changes) return undefined;
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

/** At most so many characters, up to the end of a word where there is one. */
const piece = /.{1,1000}(?!\S)|.{1,1000}/gsu;

/**
 * A text's words, and what stands between them. Each word that a browser's segmenter finds holds a copy of the whole
 * text that it was given: a long text is given in pieces, or it would fill the memory by itself.
 */
function wordsOf(text: string, language: string | undefined): string[] {
  const segmenter = new Intl.Segmenter(languageTag(language), { granularity: "word" });
  const pieces = text.match(piece) ?? [];
  return pieces.flatMap((part) => Array.from(segmenter.segment(part), ({ segment }) => segment));
}
