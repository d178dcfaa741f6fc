import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Change } from "../workbench/questions/written/changes.ts";
import { abridged } from "../workbench/questions/written/changes.ts";
import { placed } from "./read-changes.ts";

const elements = { same: "span", removed: "del", added: "ins" } as const;

/** What was taken away and put in, with a little of what stands around it. */
export function GuidelineChanges({ changes }: { readonly changes: readonly Change[] }): ReactNode {
  const t = useTranslations("guidance.reading");
  return (
    <section aria-label={t("changes")} dir="auto" className="changes rounded-md border border-line bg-surface p-4">
      {placed(changes).map(({ kind, text, at, ...ends }) => {
        const Element = elements[kind];
        return <Element key={at}>{kind === "same" ? abridged(text, ends) : text}</Element>;
      })}
    </section>
  );
}
