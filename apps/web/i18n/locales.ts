import type { Locale } from "@touchstone/contracts";

const locales = ["en", "zh"] as const satisfies readonly Locale[];

/** The cookie that keeps a person's choice of language; no language stands in the address. */
export const localeCookie = "touchstone-locale";

/** What goes into `lang`: our Chinese texts are written in simplified characters. */
export const languageTags = { en: "en", zh: "zh-Hans" } as const satisfies Record<Locale, string>;

/** Each language in its own words, for the switch. */
export const languageNames = { en: "English", zh: "简体中文" } as const satisfies Record<Locale, string>;

/** The reader's own choice first, then the browser's list in its order of preference, then English. */
export function chooseLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  const chosen = locales.find((locale) => locale === cookie);
  if (chosen) return chosen;
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const quality = parameters.find((parameter) => parameter.trim().startsWith("q="));
      return { tag, quality: quality ? Number(quality.trim().slice(2)) : 1 };
    })
    .filter(({ quality }) => quality > 0)
    .sort((left, right) => right.quality - left.quality);
  for (const { tag } of wanted) {
    const locale = locales.find((known) => tag === known || tag.startsWith(`${known}-`));
    if (locale) return locale;
  }
  return "en";
}
