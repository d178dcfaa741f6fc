import type { Locale } from "@touchstone/contracts";
import { localeCookie } from "../../i18n/locales.ts";
import { type Theme, themeCookie } from "./theme.ts";

/** A year: preferences are kept as long as browsers allow. */
const seconds = 365 * 24 * 3600;

// The Cookie Store API exists only on secure origins, and a lab may serve this over plain HTTP in its own network.
function keep(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=${seconds}; samesite=lax`;
}

export function keepLocale(locale: Locale): void {
  keep(localeCookie, locale);
}

/** Takes effect at once; the server reads the cookie on the next page, before anything is painted. */
export function keepTheme(theme: Theme): void {
  keep(themeCookie, theme);
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
