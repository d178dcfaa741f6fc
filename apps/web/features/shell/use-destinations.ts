"use client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useKeyRegistry } from "../../components/keyboard/use-keys.ts";
import { languageNames, languageTags } from "../../i18n/locales.ts";
import { useSession } from "../session/signed-in.tsx";
import { useSignOut } from "../session/use-sign-out.ts";
import { keepLocale, keepTheme } from "./preferences.ts";
import { themes } from "./theme.ts";
import { useFoundThings } from "./use-found-things.ts";

/** In the order in which they are listed. */
export const destinationGroups = ["screen", "pages", "projects", "runs", "models", "people", "settings"] as const;

/** Something that the command menu can do, in a group, under names that can be searched. */
export interface Destination {
  readonly group: (typeof destinationGroups)[number];
  readonly id: string;
  readonly label: string;
  /** What tells it from others of the same name. */
  readonly hint?: string | undefined;
  /** The tag of the language that the label is in, where that is not the page's. */
  readonly lang?: string;
  readonly run: () => void;
}

interface Destinations {
  readonly destinations: readonly Destination[];
  /** There are things with names that were not looked through. */
  readonly unsearched: boolean;
}

/** All that `⌘K` reaches, by role: what this screen's keys do, pages, and whatever has a name. */
export function useDestinations(): Destinations {
  const t = useTranslations("shell");
  const locale = useLocale();
  const router = useRouter();
  const actions = useScreenActions();
  const { found, unsearched } = useFoundThings();
  const signOut = useSignOut();
  const { role } = useSession().member;
  const page = (name: "work" | "projects" | "models" | "people" | "account"): Destination => ({
    group: "pages",
    id: name,
    label: t(`pages.${name}`),
    run: () => router.push(`/${name}`),
  });
  const otherLocale = locale === "en" ? "zh" : "en";
  const destinations: Destination[] = [
    ...actions,
    page("work"),
    ...(role === "annotator" ? [] : [page("projects"), page("models")]),
    ...(role === "admin" ? [page("people")] : []),
    page("account"),
    ...found.map(({ href, ...thing }): Destination => ({ ...thing, run: () => router.push(href) })),
    {
      group: "settings",
      id: "language",
      label: languageNames[otherLocale],
      lang: languageTags[otherLocale],
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
  return { destinations, unsearched };
}

/** What the keys of this screen do, by name. They run once the menu is closed, as if the key had been pressed then. */
function useScreenActions(): readonly Destination[] {
  const { layers } = useKeyRegistry();
  const innermost = new Map(layers.flat().map((binding) => [binding.key, binding]));
  const named = [...innermost.values()].filter(({ key, label }) => label && key !== "mod+k");
  return named.map(({ key, label, run }) => ({
    group: "screen",
    id: `key-${key}`,
    label: label ?? "",
    hint: key,
    run: () => run(performance.now()),
  }));
}
