"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useSyncExternalStore } from "react";
import { classNames } from "../../components/class-names.ts";
import { keepTheme } from "./preferences.ts";
import { type Theme, themeOf, themes } from "./theme.ts";

/** The attribute on <html> is the truth; the server sets it from the cookie before the first paint. */
function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
const read = (): Theme => themeOf(document.documentElement.dataset.theme);

export function ThemeSwitch(): ReactNode {
  const t = useTranslations("shell");
  const theme = useSyncExternalStore(subscribe, read, () => "system" as const);
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1 text-xs text-ink-3">{t("theme")}</legend>
      <div className="flex gap-1">
        {themes.map((choice) => (
          <button
            key={choice}
            type="button"
            aria-pressed={theme === choice}
            onClick={() => keepTheme(choice)}
            className={classNames(
              "h-(--control) flex-1 rounded-md border px-2 whitespace-nowrap max-md:h-(--control-touch)",
              theme === choice ? "border-accent bg-accent-soft" : "border-edge hover:bg-sunken",
            )}
          >
            {t(`themes.${choice}`)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
