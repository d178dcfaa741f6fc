import type { FitNoun, Locale } from "@touchstone/contracts";
import type { FitSentence } from "./fit-sight.ts";

type Key = `fit.${Exclude<FitSentence["key"], Refusal>}` | `errors.${Refusal}` | `nouns.${FitNoun}`;
type Refusal = "too_few_labels" | "all_too_long";
type Words = (key: Key, values?: Record<string, string | number>) => string;

/** A sentence about labels that fit, in the reader's language. A refusal says what the run itself would end with. */
function fitWords(sentence: FitSentence, t: Words): string {
  const { key, ...values } = sentence;
  const named = "noun" in values ? { ...values, noun: t(`nouns.${values.noun}`) } : values;
  return key === "too_few_labels" || key === "all_too_long" ? t(`errors.${key}`, named) : t(`fit.${key}`, named);
}

/** All of them as one paragraph: Chinese sets no space between sentences. */
export function fitText(sentences: readonly FitSentence[], t: Words, locale: Locale): string {
  return sentences.map((sentence) => fitWords(sentence, t)).join(locale === "zh" ? "" : " ");
}
