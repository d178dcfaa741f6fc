import type { PreparationSpec, PreparedLanguage } from "@touchstone/contracts";
import type { Step } from "./item.ts";
import { answersOfRow, promptOfRow } from "./row-texts.ts";

/** Tells the language of a text, or that it can't be told. */
export type LanguageOf = (text: string) => PreparedLanguage | "unknown";

/** Longer texts say nothing new about their language. */
const enough = 2_000;
/** Words of code, addresses, placeholders and numbers belong to no language. */
const noLanguage = /```[\s\S]*?(?:```|$)|https?:\/\/\S+|<[A-Z]+>|\d+/gu;
const latin = /\p{Script=Latin}+/gu;
/** Letters of scripts that neither English nor Chinese is written in. */
const foreign = /(?=\p{L})[^\p{Script=Latin}\p{Script=Han}\p{Script=Common}\p{Script=Inherited}]/gu;
const han = /\p{Script=Han}/gu;
/** Fewer Latin letters than this say too little: “OK”, “Tom”. */
const fewestLetters = 16;
/** How far another language must be ahead of English, as a share of its own score, before the text is taken for it. */
const lead = 0.15;

/**
 * English, Chinese or another language. The script decides most: Chinese is what has Han characters and next to no kana or other
 * letters; among texts in Latin letters an n-gram model decides (eld), and leaves short and close ones undecided, since dropping
 * a good row costs more than keeping a stray one.
 */
export async function languageDetector(): Promise<LanguageOf> {
  // 1.6 MB of n-grams, loaded where they are asked for only.
  const { eld } = await import("eld/small");
  const english = (text: string): PreparedLanguage | "unknown" => {
    const result = eld.detect(text);
    if (result.language === "en") return "en";
    const letters = text.match(latin)?.join("").length ?? 0;
    if (letters < fewestLetters || result.language === "") return "unknown";
    const scores = result.getScores();
    const [own = 0, en = 0] = [scores[result.language], scores.en];
    return result.isReliable() && own - en > lead * own ? "other" : "unknown";
  };
  return (text) => {
    const words = text.slice(0, enough).replace(noLanguage, " ");
    const chinese = words.match(han)?.length ?? 0;
    const others = words.match(foreign)?.length ?? 0;
    const letters = words.match(latin)?.join("").length ?? 0;
    // One Chinese character says about as much as two or three letters.
    const total = 2.5 * chinese + letters + 2 * others;
    if (total === 0) return "unknown";
    // Kana stand for grammar: Japanese has them in every sentence, quotations in Chinese now and then.
    if (2 * others > 0.2 * total) return "other";
    if (2.5 * chinese > 0.3 * total) return "zh";
    return english(words);
  };
}

/** Keeps rows of the wanted languages, told from all of a row's texts together. */
export function languageFilter(languageOf: LanguageOf, { keep, unknown }: PreparationSpec["language"]): Step {
  return (item, tell) => {
    const texts = [...promptOfRow(item.row).map(({ content }) => content), ...answersOfRow(item.row)];
    const found = languageOf(texts.map((text) => text.slice(0, enough / 2)).join("\n"));
    if (found === "unknown" ? unknown : keep.includes(found)) return item;
    tell(found === "unknown" ? "the language can't be told" : `the language is ${names[found]}`);
    return null;
  };
}

const names: Record<PreparedLanguage, string> = { en: "English", zh: "Chinese", other: "neither English nor Chinese" };
