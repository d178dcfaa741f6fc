"use client";
import { useTranslations } from "next-intl";
import { useKeys } from "../../components/keyboard/use-keys.ts";

const links = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-item]")];
const present = (): HTMLElement | undefined => {
  const row = document.activeElement?.closest("tr");
  return links().find((link) => row?.contains(link));
};

/** The focus itself goes through the list, so that a screen reader says each item and Enter opens it. */
function go(by: number): void {
  const all = links();
  const here = present();
  const place = here === undefined ? -1 : all.indexOf(here);
  const next = here === undefined ? 0 : Math.min(all.length - 1, Math.max(0, place + by));
  all[next]?.focus();
  all[next]?.scrollIntoView({ block: "nearest" });
}

/** The keys of a list of items. @param toggle selects the item that has the focus, for those who may do something with it */
export function useListKeys(toggle: ((id: string) => void) | undefined): void {
  const t = useTranslations("browse.keys");
  const select = (): void => {
    const id = present()?.dataset.item;
    if (id !== undefined) toggle?.(id);
  };
  useKeys([
    { key: "j", label: t("next"), run: () => go(1) },
    { key: "k", label: t("previous"), run: () => go(-1) },
    { key: "ArrowDown", run: () => go(1) },
    { key: "ArrowUp", run: () => go(-1) },
    ...(toggle ? [{ key: "x", label: t("select"), run: select }] : []),
    { key: "/", label: t("search"), run: () => document.querySelector<HTMLElement>("[data-item-search]")?.focus() },
    // Out of the search and into what it found.
    { key: "Escape", run: () => (present() ? undefined : go(1)) },
  ]);
}
