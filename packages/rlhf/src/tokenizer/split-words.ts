/**
 * GPT-2's pre-tokenisation (Radford et al. 2019): a word keeps the space before it; merges never cross words.
 * Every run is bounded, because merging a word costs the square of its length and texts may be hostile. Numbers come
 * in threes, as in GPT-4. The source is written into tokenizer.json, so it uses only what Oniguruma reads too.
 */
export const wordPattern = " ?\\p{L}{1,32}| ?\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]{1,16}|\\s{1,16}(?!\\S)|\\s{1,16}";

const pattern = new RegExp(wordPattern, "gu");

/** The words of a text; joined they give the text back. */
export function splitWords(text: string): string[] {
  return text.match(pattern) ?? [];
}
