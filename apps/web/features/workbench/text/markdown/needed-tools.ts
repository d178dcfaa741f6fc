/** What a text needs to be shown as its author meant it. Most texts are plain and need nothing. */
export interface NeededTools {
  readonly markdown: boolean;
  readonly math: boolean;
  readonly code: boolean;
}

/** Any sign that could be Markdown; a text without one looks the same either way. */
const inlineSigns = /[*_`~[\]<>|\\#$]|&[#\w]+;|https?:\/\/|www\.|\S@\S/;
const lineSigns = /^(?: {4,}|\t| {0,3}(?:[-+] |\d{1,9}[.)] |-{3,}|={3,}))/m;
const mathSigns = /\$|\\\(|\\\[/;
/** A fence that names its language. Only that is coloured. */
const namedFence = /^[\s>\-*+\d.)]*(?:```|~~~)`*~*[^\S\n]*\S/m;

export function neededTools(text: string): NeededTools {
  const markdown = inlineSigns.test(text) || lineSigns.test(text);
  return { markdown, math: mathSigns.test(text), code: namedFence.test(text) };
}

/**
 * Beyond these a text takes longer to set than a reader waits for the next task (two answers of 29,000 characters with
 * 330 formulas each took 7 seconds); it is shown as written, and says so.
 */
const most = { characters: 12_000, brackets: 1_500, formulaMarks: 120 };

export function isTooLongToSet(text: string): boolean {
  const count = (sign: RegExp): number => text.match(sign)?.length ?? 0;
  return text.length > most.characters || count(/[[\]]/g) > most.brackets || count(/\$|\\[()[\]]/g) > most.formulaMarks;
}
