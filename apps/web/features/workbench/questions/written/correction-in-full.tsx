"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ReadingText } from "../../views/reading-text.tsx";
import type { InFullProps } from "../question-parts.ts";
import { textOf } from "./bounds.ts";
import { ChangesShown } from "./changes-shown.tsx";

/** An answer as somebody has put it right, whole, and what was changed in it. */
export function CorrectionInFull({ answer, shown, language }: InFullProps): ReactNode {
  const t = useTranslations("questions.correction");
  if (answer.choice !== "edited") return <p className="text-ink-2">{t("nothing")}</p>;
  const original = typeof answer.place === "number" ? shown[answer.place] : undefined;
  return (
    <>
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
