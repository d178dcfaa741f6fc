/** A language in the reader's own words, with its tag; the tag alone where their browser has none. */
export function languageName(tag: string, locale: string): string {
  try {
    const name = new Intl.DisplayNames([locale], { type: "language", fallback: "none" }).of(tag);
    return name ? `${name} (${tag})` : tag;
  } catch {
    return tag;
  }
}

/** Offered first: the languages of the pages, and those that most people read beside them. */
export const offeredLanguages = [
  "en",
  "zh-Hans",
  "zh-Hant",
  "es",
  "hi",
  "ar",
  "pt",
  "fr",
  "de",
  "ja",
  "ko",
  "ru",
] as const;
