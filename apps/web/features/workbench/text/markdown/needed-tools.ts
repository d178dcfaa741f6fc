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

/** Beyond these a text takes longer to set than a reader waits for the next task; it is shown as written, and says so. */
const [mostCharacters, mostBrackets] = [30_000, 3_000];

export function isTooLongToSet(text: string): boolean {
  return text.length > mostCharacters || (text.match(/[[\]]/g)?.length ?? 0) > mostBrackets;
}
