import type { Locale } from "@touchstone/contracts";
import type { FitSentence } from "./fit-sight.ts";
import { nounFor, type RunNoun } from "./run-sentence.ts";

type Key = `fit.${Exclude<FitSentence["key"], Refusal>}` | `errors.${Refusal}` | `nouns.${RunNoun}`;
type Refusal = "too_few_labels" | "all_too_long";
type Words = (key: Key, values?: Record<string, string | number>) => string;

/** A sentence about labels that fit, in the reader's language. A refusal says what the run itself would end with. */
function fitWords(sentence: FitSentence, t: Words): string {
  const { key, ...values } = sentence;
  const named = "noun" in values ? { ...values, noun: nounFor(t, values.noun, totalOf(values)) } : values;
  return key === "too_few_labels" || key === "all_too_long" ? t(`errors.${key}`, named) : t(`fit.${key}`, named);
}

/** How many of the noun there are, so that it stands in the right number; several where nobody knows yet. */
function totalOf(values: Readonly<Record<string, string | number>>): { total: number } {
  return { total: Number(values.training ?? values.used ?? values.count ?? 0) };
}

/** All of them as one paragraph: Chinese sets no space between sentences. */
export function fitText(sentences: readonly FitSentence[], t: Words, locale: Locale): string {
  return sentences.map((sentence) => fitWords(sentence, t)).join(locale === "zh" ? "" : " ");
}
