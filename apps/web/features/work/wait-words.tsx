"use client";
import type { Wait } from "@touchstone/contracts";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormats } from "../../components/use-formats.ts";

interface WaitWords {
  readonly title: string;
  readonly body: string;
}

/** What somebody is told who can have no task now, though more are left. */
export function useWaitWords(): (wait: Wait) => WaitWords {
  const t = useTranslations("waits");
  const formats = useFormats();
  const locale = useLocale();
  return (wait) => {
    const values = {
      limit: "limit" in wait ? wait.limit : 0,
      tasks: "tasks" in wait ? wait.tasks : 0,
      until: "until" in wait ? formats.dateTime(wait.until) : "",
      languages: "languages" in wait ? wait.languages.map((code) => languageName(code, locale)).join(", ") : "",
    };
    return { title: t(`${wait.for}.title`, values), body: t(`${wait.for}.body`, values) };
  };
}

/** A language by its name in the page's language; by its code where no name is known. */
export function languageName(code: string, locale: string): string {
  const names = new Intl.DisplayNames([locale], { type: "language", fallback: "code" });
  return names.of(code) ?? code;
}

/** All of them below each other, each with what can be done. */
export function WaitLines({ waits }: { readonly waits: readonly Wait[] }): ReactNode {
  const wordsOf = useWaitWords();
  return (
    <span className="grid gap-1">
      {waits.map((wait) => {
        const { title, body } = wordsOf(wait);
        return (
          <span key={wait.for}>
            {title} {body}
          </span>
        );
      })}
    </span>
  );
}
