/** A stretch of a text as it is set, with its place in the whole. */
export interface Paragraph {
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts a text at blank lines, so that each paragraph finds its own direction. The first blank line becomes the gap
 * between two paragraphs; further ones stand at the beginning of the next, as they were written.
 */
export function paragraphsOf(text: string): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let start = 0;
  let firstWord = wordFrom(text, start);
  for (const gap of text.matchAll(/\n[^\S\n]*\n/g)) {
    // Nothing but blank lines since the last one.
    if (gap.index < firstWord) continue;
    paragraphs.push({ start, end: gap.index });
    start = gap.index + gap[0].length;
    firstWord = wordFrom(text, start);
  }
  if (start < text.length) paragraphs.push({ start, end: text.length });
  return paragraphs;
}

/** Where from a place on the first character stands that is no white space. */
function wordFrom(text: string, start: number): number {
  const word = /\S/g;
  word.lastIndex = start;
  return word.exec(text)?.index ?? text.length;
}
