"use client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { languageNames } from "../../i18n/locales.ts";
import { useSession } from "../session/signed-in.tsx";
import { useSignOut } from "../session/use-sign-out.ts";
import { keepLocale, keepTheme } from "./preferences.ts";
import { themes } from "./theme.ts";

/** Something that the command menu can do, in a group, under names that can be searched. */
export interface Destination {
  readonly group: "pages" | "projects" | "settings";
  readonly id: string;
  readonly label: string;
  readonly run: () => void;
}

/** All that `⌘K` reaches from anywhere, by role. */
export function useDestinations(): readonly Destination[] {
  const t = useTranslations("shell");
  const locale = useLocale();
  const router = useRouter();
  const signOut = useSignOut();
  const { role } = useSession().member;
  const page = (name: "work" | "projects" | "models" | "people" | "account"): Destination => ({
    group: "pages",
    id: name,
    label: t(`pages.${name}`),
    run: () => router.push(`/${name}`),
  });
  const otherLocale = locale === "en" ? "zh" : "en";
  return [
    page("work"),
    ...(role === "annotator" ? [] : [page("projects"), page("models")]),
    ...(role === "admin" ? [page("people")] : []),
    page("account"),
    {
      group: "settings",
      id: "language",
      label: languageNames[otherLocale],
      run: () => {
        keepLocale(otherLocale);
        router.refresh();
      },
    },
    ...themes.map(
      (theme): Destination => ({
        group: "settings",
        id: `theme-${theme}`,
        label: `${t("theme")}: ${t(`themes.${theme}`)}`,
        run: () => keepTheme(theme),
      }),
    ),
    { group: "settings", id: "sign-out", label: t("signOut"), run: signOut },
  ];
}
