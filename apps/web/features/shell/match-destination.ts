/** One spelling for what is typed and what it is looked for in: full-width letters and capitals make no difference. */
function plain(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

/**
 * How well something fits what was typed: every word must stand in its name, or in what tells it from others of the same
 * name, which counts for less. Letters scattered over a name are no match: any long name has them.
 * @returns between 0, which is left out, and 1
 */
export function matchDestination(search: string, label: string, hint = ""): number {
  const words = plain(search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return 1;
  const name = plain(label);
  const beside = plain(hint);
  if (words.some((word) => !name.includes(word) && !beside.includes(word))) return 0;
  if (words.some((word) => !name.includes(word))) return 0.3;
  return words.some((word) => name.startsWith(word)) ? 1 : 0.7;
}
