import type { Language } from "./lexicon.ts";
import { type Reading, weigh } from "./reading.ts";

/** An answer longer than this per sentence that was asked for is too long, in words or in Chinese characters. */
const longestSentence = { en: 14, zh: 26 } as const satisfies Record<Language, number>;

/**
 * How well an answer is made, whatever it says, in [0, 1]: sentences that the grammar knows and that agree, a proper
 * end, as many sentences as were asked for, nothing said twice.
 * @param wanted sentences a good answer has
 */
export function formScore(reading: Reading, wanted: number): number {
  const { sentences, parsed, text, language } = reading;
  if (sentences.length === 0) return 0;
  const known = parsed.filter((sentence) => sentence !== null);
  const grammar = known.reduce((sum, { agrees }) => sum + (agrees ? 1 : 0.6), 0);
  const length = language === "zh" ? [...text].length : text.split(/\s+/u).length;
  const short = length <= longestSentence[language] * wanted && sentences.length <= wanted;
  return weigh([
    [grammar / sentences.length, 5],
    [reading.ended ? 1 : 0, 2],
    [short ? 1 : 0, 1.5],
    [repeats(reading) ? 0 : 1, 1.5],
  ]);
}

/** Share of letters in the script of the language, 0 with no letters: an answer in the wrong language is no answer. */
export function scriptShare(text: string, language: Language): number {
  const chinese = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  // A Chinese word takes about as many characters as an English one has letters to two or three.
  const weighed = latin / 2.5;
  const total = chinese + weighed;
  return total === 0 ? 0 : (language === "zh" ? chinese : weighed) / total;
}

function repeats({ sentences, text, language }: Reading): boolean {
  const plain = sentences.map((sentence) => sentence.toLowerCase());
  if (new Set(plain).size < plain.length) return true;
  // The same word, or the same two to eight characters of Chinese, twice running.
  return language === "zh" ? /(\p{Script=Han}{2,8})\1/u.test(text) : /\b(\p{L}+) \1\b/iu.test(text);
}
