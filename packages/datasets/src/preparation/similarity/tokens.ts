/** Scripts that put no blanks between words: each of their characters is a token. */
const unspaced =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}";
const word = /[\p{L}\p{M}\p{N}]+/gu;
const hasUnspaced = new RegExp(`[${unspaced}]`, "u");
const parts = new RegExp(`[${unspaced}]\\p{M}*|[^${unspaced}]+`, "gu");
const ascii = /^[\x20-\x7e\s]*$/u;
const invisible = /\p{Cf}/gu;

/**
 * What a text is compared by: its words in lower case and, in scripts without spaces, its characters; full-width and other
 * compatibility forms folded (NFKC), punctuation left out. A text without words is one token, itself.
 */
export function tokensOf(text: string): string[] {
  const folded = ascii.test(text) ? text.toLowerCase() : text.replace(invisible, "").normalize("NFKC").toLowerCase();
  const words = folded.match(word) ?? [];
  const tokens = hasUnspaced.test(folded) ? words.flatMap((found) => found.match(parts) ?? []) : words;
  return tokens.length > 0 || folded.trim() === "" ? [...tokens] : [folded.trim()];
}
