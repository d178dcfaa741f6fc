"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { abridged, type Change, changesOf } from "./changes.ts";

interface ChangesShownProps {
  readonly original: string;
  readonly edited: string;
  readonly language: string | null;
}

const elements = { same: "span", removed: "del", added: "ins" } as const;

/** What was taken away and put in, with a little of what stands around it. */
export function ChangesShown({ original, edited, language }: ChangesShownProps): ReactNode {
  const t = useTranslations("questions.correction");
  const changes = useMemo(() => changesOf(original, edited, language ?? undefined), [original, edited, language]);
  if (!changes) return <p className="text-xs text-ink-3">{t("incomparable")}</p>;
  return (
    <div dir="auto" className="changes">
      {placed(changes).map(({ kind, text, at, ...ends }) => {
        const Element = elements[kind];
        return <Element key={at}>{kind === "same" ? abridged(text, ends) : text}</Element>;
      })}
    </div>
  );
}

/** Each with where it begins, by which it is known from one drawing to the next. */
function placed(changes: readonly Change[]) {
  let at = 0;
  return changes.map((change, index) => {
    const begins = at;
    at += change.text.length;
    return { ...change, at: begins, first: index === 0, last: index === changes.length - 1 };
  });
}
