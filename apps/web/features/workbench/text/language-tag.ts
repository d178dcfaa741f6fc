/** Names of the languages that data sets hold most, as their own speakers write them. */
const ownNames: Readonly<Record<string, string>> = {
  中文: "zh",
  汉语: "zh",
  普通话: "zh",
  国语: "zh",
  简体中文: "zh-Hans",
  简体: "zh-Hans",
  繁體中文: "zh-Hant",
  繁体中文: "zh-Hant",
  繁體: "zh-Hant",
  粵語: "yue",
  粤语: "yue",
  英语: "en",
  英文: "en",
  日语: "ja",
  日本語: "ja",
  한국어: "ko",
  français: "fr",
  deutsch: "de",
  español: "es",
  português: "pt",
  italiano: "it",
  русский: "ru",
  українська: "uk",
  العربية: "ar",
  עברית: "he",
  فارسی: "fa",
  हिन्दी: "hi",
  ไทย: "th",
  "tiếng việt": "vi",
  "bahasa indonesia": "id",
  türkçe: "tr",
  // Names that English has beside those of the standard.
  mandarin: "zh",
  farsi: "fa",
};

/** Languages with a script or a region whose names stand in data: "Simplified Chinese", "Brazilian Portuguese". */
const finerTags = ["zh-Hans", "zh-Hant", "pt-BR", "pt-PT", "en-US", "en-GB", "es-MX", "fr-CA", "yue", "fil"];

/**
 * The BCP 47 tag of what a data set calls its language: "zh_CN", "English", "Chinese (Simplified)", "中文". Undefined
 * for what is no language that people speak ("java", "c++", "unknown"), and for what no browser would take: a tag
 * that is merely spelt like one makes `Intl` throw.
 */
export function languageTag(said: string | null | undefined): string | undefined {
  const name = said?.trim().toLowerCase() ?? "";
  if (name === "") return undefined;
  return tagAsSpelt(name.replaceAll("_", "-")) ?? tagsByName().get(inOrder(name));
}

const englishName = (how: Intl.DisplayNamesLanguageDisplay): Intl.DisplayNames =>
  new Intl.DisplayNames(["en"], { type: "language", fallback: "none", languageDisplay: how });

function tagAsSpelt(spelt: string): string | undefined {
  // Two or three letters, and what may follow them: longer ones are reserved or registered for nobody.
  if (!/^[a-z]{2,3}(-[a-z0-9]{1,8})*$/.test(spelt)) return undefined;
  try {
    const tag = new Intl.Locale(spelt).toString();
    // "und", "mul" and "zxx" are codes for having no language; "sql" and "php" are nobody's code.
    const known = englishName("dialect").of(new Intl.Locale(tag).language) !== undefined;
    return known && !/^(und|mul|zxx|mis)\b/.test(tag) ? tag : undefined;
  } catch {
    return undefined;
  }
}

/** "Chinese (Simplified)" and "Chinese, Simplified" are called "simplified chinese" by the standard. */
function inOrder(name: string): string {
  const [, language, kind] =
    /^([^(),]+?)\s*(?:\(([^()]+)\)|,\s*(.+))$/.exec(name)?.filter((part) => part !== undefined) ?? [];
  return language && kind ? `${kind} ${language}` : name;
}

let byName: ReadonlyMap<string, string> | undefined;

/** All names that the browser knows, made when the first one is asked for. */
function tagsByName(): ReadonlyMap<string, string> {
  if (byName) return byName;
  const letters = [..."abcdefghijklmnopqrstuvwxyz"];
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  const names = new Map<string, string>();
  const [dialect, standard] = [englishName("dialect"), englishName("standard")];
  for (const code of [...codes, ...finerTags]) {
    // A withdrawn code ("iw") comes after the one in use only by chance: the canonical one is kept.
    for (const name of [dialect.of(code), standard.of(code)])
      if (name) names.set(inOrder(name.toLowerCase()), new Intl.Locale(code).toString());
  }
  for (const [name, tag] of Object.entries(ownNames)) names.set(name, tag);
  byName = names;
  return names;
}
