"use client";
import { useTranslations } from "next-intl";
import { useKeys } from "../../components/keyboard/use-keys.ts";

const links = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-entry]")];
const present = (): Element | null => document.activeElement?.closest("[data-remark]") ?? null;

/** The focus itself goes from entry to entry, so that a screen reader says each and Enter opens its item. */
function go(by: number): void {
  const all = links();
  const here = present();
  const place = all.findIndex((link) => here?.contains(link));
  const next = place < 0 ? 0 : Math.min(all.length - 1, Math.max(0, place + by));
  all[next]?.focus();
  all[next]?.scrollIntoView({ block: "nearest" });
}

const press = (what: string): void => present()?.querySelector<HTMLElement>(what)?.click();

/** The keys of the inbox: through it, and what is done with the entry that has the focus. */
export function useInboxKeys(): void {
  const t = useTranslations("remarks.keys");
  useKeys([
    { key: "j", label: t("next"), run: () => go(1) },
    { key: "k", label: t("previous"), run: () => go(-1) },
    { key: "ArrowDown", run: () => go(1) },
    { key: "ArrowUp", run: () => go(-1) },
    { key: "a", label: t("answer"), run: () => press("[data-answer-remark]") },
    { key: "e", label: t("settle"), run: () => press("[data-settle]") },
  ]);
}
