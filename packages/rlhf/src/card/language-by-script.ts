/** Longer texts say nothing new about their script. */
const enough = 2_000;

const scripts = [
  ["ja", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ["ko", /\p{Script=Hangul}/gu],
  ["zh", /\p{Script=Han}/gu],
  ["cyrillic", /\p{Script=Cyrillic}/gu],
  ["arabic", /\p{Script=Arabic}/gu],
  ["devanagari", /\p{Script=Devanagari}/gu],
  ["latin", /\p{Script=Latin}/gu],
] as const;

/** English words that no other large language in Latin letters writes the same for something as frequent. */
const english =
  /\b(?:the|of|and|to|is|it|you|that|was|for|are|with|this|be|have|not|they|from|or|what|your|can|if)\b/giu;
/** Below this share of such words a text in Latin letters is not taken for English. */
const leastEnglish = 0.08;

/**
 * The language of a text as far as its script and its most frequent words give it away: `zh`, `ja`, `ko`, `en`, the name of another
 * script, or `other`. Languages that share the Latin script with English are one: telling them apart takes a model of each.
 */
export function languageByScript(text: string): string {
  const sample = text.slice(0, enough);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return "other";
  const share = (of: RegExp) => (sample.match(of)?.length ?? 0) / letters;
  // Kana stand for grammar: a Japanese text has them beside Han characters, a Chinese one hardly any.
  const found = scripts.find(([name, letter]) => share(letter) > (name === "ja" ? 0.1 : 0.3))?.[0] ?? "other";
  if (found !== "latin") return found;
  const words = sample.match(/\p{L}+/gu)?.length ?? 0;
  return (sample.match(english)?.length ?? 0) >= leastEnglish * words ? "en" : "latin";
}
