import type { SentenceValues } from "@touchstone/contracts";

/** A translator as next-intl makes it, as far as it is needed here. */
export interface Translator<Key extends string> {
  (key: Key, values: SentenceValues): string;
  raw(key: Key): unknown;
}

/**
 * What a run has to say, in the reader's language. Where the page does not know the code, or was not given all that the
 * sentence is made with (a run of an older version), the stored English sentence stands.
 */
export function sentenceFor<Key extends string>(
  t: Translator<Key>,
  key: Key | undefined,
  values: SentenceValues,
  stored: string,
): string {
  if (key === undefined) return stored;
  const isGiven = ({ name, isNumber }: Placeholder) => name in values && (!isNumber || Number.isFinite(values[name]));
  return placeholdersOf(String(t.raw(key))).every(isGiven) ? t(key, values) : stored;
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

interface Placeholder {
  readonly name: string;
  readonly isNumber: boolean;
}

/** The values that a message takes. Braces by turns open a value and one of its wordings, whose first word is no value's name. */
function placeholdersOf(message: string): Placeholder[] {
  let depth = 0;
  return [...message.matchAll(/\{(?:(\w+)(?:, (number|plural))?)?|\}/g)].flatMap(([brace, name, type]) => {
    depth += brace === "}" ? -1 : 1;
    const isValue = brace !== "}" && depth % 2 === 1 && name !== undefined;
    return isValue ? [{ name, isNumber: type !== undefined }] : [];
  });
}
