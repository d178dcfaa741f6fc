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
  for (const gap of text.matchAll(/\n[^\S\n]*\n/g)) {
    if (gap.index < start) continue;
    if (text.slice(start, gap.index).trim() === "") continue;
    paragraphs.push({ start, end: gap.index });
    start = gap.index + gap[0].length;
  }
  if (start < text.length) paragraphs.push({ start, end: text.length });
  return paragraphs;
}
