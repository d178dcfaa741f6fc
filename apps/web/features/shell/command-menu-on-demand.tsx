"use client";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { useKeys } from "../../components/keyboard/use-keys.ts";

const CommandMenu = dynamic(async () => (await import("./command-menu.tsx")).CommandMenu);

/** The menu where only its key is shown: it weighs 15 KB, which are fetched when the key is first pressed. */
export function CommandMenuOnDemand(): ReactNode {
  const t = useTranslations("shell");
  const [asked, setAsked] = useState(false);
  // Once it is there, the menu binds the key by itself.
  useKeys(asked ? [] : [{ key: "mod+k", label: t("goTo"), run: () => setAsked(true) }]);
  return asked ? <CommandMenu keyOnly startsOpen /> : null;
}
