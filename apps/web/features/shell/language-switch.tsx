"use client";
import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { classNames } from "../../components/class-names.ts";
import { languageNames, languageTags } from "../../i18n/locales.ts";
import { keepLocale } from "./preferences.ts";

/** Names the other language in its own words; the page keeps its place. */
export function LanguageSwitch({ className }: { readonly className?: string }): ReactNode {
  const router = useRouter();
  const other = useLocale() === "en" ? "zh" : "en";
  const change = (): void => {
    keepLocale(other);
    router.refresh();
  };
  return (
    <Button variant="ghost" lang={languageTags[other]} className={classNames("own-name", className)} onClick={change}>
      {languageNames[other]}
    </Button>
  );
}
