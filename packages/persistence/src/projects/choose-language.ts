/** A tag with what it most likely means where it is short: `zh-CN` is written in simplified characters. */
function whole(tag: string): { readonly tag: string; readonly language: string; readonly script: string } | null {
  try {
    const locale = new Intl.Locale(tag);
    const { language, script } = locale.maximize();
    return { tag: locale.toString(), language: language ?? "", script: script ?? "" };
  } catch {
    return null;
  }
}

/**
 * In which of a project's languages a reader is spoken to. Of the languages that they read, in their order, the first that
 * the project has: by the same tag, else by language and script, else by the language alone.
 *
 * @param wanted BCP 47 tags, the best first; what is no tag is passed over.
 * @param own what the project's own texts are written in; null where nobody has said it. Then only the reader's first
 * language is looked for, since their second may be the one that stands there.
 * @returns one of `translated`, or null for the project's own texts.
 */
export function chooseLanguage(
  wanted: readonly string[],
  own: string | null,
  translated: readonly string[],
): string | null {
  // The project's own last: where a translation has the very same tag, it has words that its own texts lack.
  const offered = [...translated, ...(own === null ? [] : [own])].flatMap((tag) => {
    const parts = whole(tag);
    return parts ? [{ ...parts, given: tag }] : [];
  });
  const readers = wanted.map(whole).filter((parts) => parts !== null);
  for (const reader of own === null ? readers.slice(0, 1) : readers) {
    const found =
      offered.find(({ tag }) => tag === reader.tag) ??
      offered.find(({ language, script }) => language === reader.language && script === reader.script) ??
      offered.find(({ language }) => language === reader.language);
    if (found) return translated.includes(found.given) ? found.given : null;
  }
  return null;
}
