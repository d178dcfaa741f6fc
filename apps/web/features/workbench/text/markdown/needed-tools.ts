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
/** A fence that names its language. Only that is coloured. It looks along one line: over blank ones, each would look through all the rest. */
const namedFence = /^(?:[^\S\n]|[>\-*+\d.)])*(?:```|~~~)`*~*[^\S\n]*\S/m;

export function neededTools(text: string): NeededTools {
  const markdown = inlineSigns.test(text) || lineSigns.test(text);
  return { markdown, math: mathSigns.test(text), code: namedFence.test(text) };
}
