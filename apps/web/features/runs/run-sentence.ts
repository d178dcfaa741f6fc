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
  const wanted = String(t.raw(key)).matchAll(/\{(\w+)(?:, (number|plural))?/g);
  const given = ([, name = "", type]: RegExpExecArray) =>
    name in values && (type === undefined || Number.isFinite(values[name]));
  return [...wanted].every(given) ? t(key, values) : stored;
}
