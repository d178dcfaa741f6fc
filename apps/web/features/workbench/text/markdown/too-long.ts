/**
 * Beyond these a text takes longer to set than a reader waits for the next task (two answers of 29,000 characters with
 * 330 formulas each took 7 seconds); it is shown as written, and says so. Each of these signs has the parser look again at
 * what stands before or after it, so that twice as many take four times as long, and some hold up the keys for seconds.
 */
const mostSigns = [
  { sign: /[[\]]/g, most: 1_500 },
  { sign: /\$|\\[()[\]]/g, most: 120 },
  // Emphasis: each end looks back through all beginnings.
  { sign: /[*_~]/g, most: 1_500 },
  // A line is asked again in each quotation and list that is open; and a title below its line looks for that line.
  { sign: /\n/g, most: 1_500 },
] as const;
const mostCharacters = 12_000;

/** Quotations and lists that begin in one line, one in the other: each is read in all before it. */
const nested = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))){100}/m;
/** Each mark in a bare address may be its end, which what follows tells. */
const longAddress = /(?:www\.|https?:\/\/)[^\s<]{1000}/i;

export function isTooLongToSet(text: string): boolean {
  if (text.length > mostCharacters) return true;
  const tooMany = mostSigns.some(({ sign, most }) => (text.match(sign)?.length ?? 0) > most);
  return tooMany || nested.test(text) || longAddress.test(text);
}
