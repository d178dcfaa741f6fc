"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { letterOf } from "../../text/letter-of.ts";
import { ReadingText } from "../../views/reading-text.tsx";
import type { InFullProps } from "../question-parts.ts";
import { textOf } from "./bounds.ts";
import { ChangesShown } from "./changes-shown.tsx";

/** An answer as somebody has put it right, whole, and what was changed in it. */
export function CorrectionInFull({ answer, shown, language }: InFullProps): ReactNode {
  const t = useTranslations("questions.correction");
  const place = typeof answer.place === "number" ? answer.place : 0;
  const which = shown.length > 1 ? t("which", { name: letterOf(place) }) : null;
  if (answer.choice !== "edited") {
    return (
      <p className="text-ink-2">
        {which} {t("nothing")}
      </p>
    );
  }
  const original = shown[place];
  return (
    <>
      {which ? <p className="text-ink-2">{which}</p> : null}
      <ReadingText text={textOf(answer)} language={language} />
      {typeof original === "string" ? (
        <section aria-label={t("changes")} className="mt-3 border-t border-line pt-2">
          <h3 className="mb-1 text-xs text-ink-3">{t("changes")}</h3>
          <ChangesShown original={original} edited={textOf(answer)} language={language} />
        </section>
      ) : null}
    </>
  );
}
