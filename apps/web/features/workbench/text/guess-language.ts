import { languageTag } from "./language-tag.ts";

const byScript = /^(zh|ja|ko)\b/;

/**
 * The language of a text that is said to be in one: an answer to a prompt in Chinese may be a translation into English,
 * and would be set as Chinese is. Where the script contradicts what is said, the script is right.
 */
export function languageOf(text: string, said: string | null): string {
  const guess = guessLanguage(text);
  const tag = languageTag(said);
  if (tag === undefined) return guess;
  return byScript.test(tag) === (guess !== "") ? tag : guess;
}

/**
 * The language of a text that says none, as far as its script gives it away: enough to choose faces, line breaks and
 * the words of a comparison. Empty, the HTML word for "unknown", where the script is shared by many languages.
 */
export function guessLanguage(text: string): "zh-Hans" | "ja" | "ko" | "" {
  const sample = text.slice(0, 2_000);
  const share = (script: RegExp): number => (sample.match(script)?.length ?? 0) / Math.max(1, sample.length);
  if (share(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu) > 0.05) return "ja";
  if (share(/\p{Script=Hangul}/gu) > 0.2) return "ko";
  return share(/\p{Script=Han}/gu) > 0.2 ? "zh-Hans" : "";
}
