import type { SentenceValues } from "@touchstone/contracts";
import { sentenceNeeds } from "./sentence-values.ts";

/**
 * What a run has to say, in the reader's language. Where the page does not know the code, or was not given all that the
 * sentence is made with (a run of an older version), the stored English sentence stands.
 */
export function sentenceFor<Key extends string>(
  t: (key: Key, values: SentenceValues) => string,
  key: Key | undefined,
  values: SentenceValues,
  stored: string,
): string {
  if (key === undefined) return stored;
  const { figures = [], words = [] } = sentenceNeeds[key] ?? {};
  const isWhole = figures.every((name) => Number.isFinite(values[name])) && words.every((name) => name in values);
  return isWhole ? t(key, values) : stored;
}

export type RunNoun = "comparisons" | "rankings" | "ratings" | "demonstrations" | "answers" | "texts" | "prompts";

/** What a sentence counts, as many as it says that there are: "comparison" beside a 1. */
export function nounFor(
  t: (key: `nouns.${RunNoun}`, values: { readonly count: number }) => string,
  noun: RunNoun,
  { total, count }: SentenceValues,
): string {
  return t(`nouns.${noun}`, { count: Number(total ?? count ?? 0) });
}
