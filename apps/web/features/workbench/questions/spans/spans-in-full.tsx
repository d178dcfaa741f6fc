"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { languageOf } from "../../text/guess-language.ts";
import { letterOf } from "../../text/letter-of.ts";
import type { InFullProps } from "../question-parts.ts";
import { MarkList } from "./mark-list.tsx";
import { MarkedText } from "./marked-text.tsx";
import { marksIn, marksOf, settingsOf } from "./marks.ts";
import { drawnSpans } from "./pieces.ts";

/** The answers with what somebody has marked in them. */
export function SpansInFull({ answer, question, shown, language }: InFullProps): ReactNode {
  const t = useTranslations("questions.spans");
  const marks = marksOf(answer);
  const looks = settingsOf(question);
  const alone = shown.length === 1;
  return shown.map((text, place) => {
    const own = marksIn(marks, place);
    const name = letterOf(place);
    return (
      <section key={name} aria-label={alone ? t("theAnswer") : t("answer", { name })} className="grid gap-2">
        {alone ? null : <h3 className="text-xs text-ink-3">{t("answer", { name })}</h3>}
        {own.length === 0 ? (
          <p className="text-ink-2">{marks.clean.includes(place) ? t("clean") : t("nothingSaid")}</p>
        ) : (
          <>
            <MarkedText
              text={text ?? ""}
              lang={languageOf(text ?? "", language)}
              spans={drawnSpans(own, text ?? "")}
              looks={looks}
              current={null}
            />
            <MarkList text={text ?? ""} marks={own} looks={looks} place={place} alone={alone} />
          </>
        )}
      </section>
    );
  });
}
