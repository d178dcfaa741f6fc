"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ChangesShown } from "./changes-shown.tsx";
import { useRested } from "./use-rested.ts";

interface EditedChangesProps {
  readonly original: string;
  readonly edited: string;
  readonly language: string | null;
}

/** Comparing two texts of this length takes as long as a key may take; they are compared once somebody pauses. */
const longText = 20_000;

/** What was changed so far, below the field. It follows when the typing rests, so that it never holds a key up. */
export function EditedChanges({ original, edited, language }: EditedChangesProps): ReactNode {
  const t = useTranslations("questions.correction");
  const shown = useRested(edited, original.length > longText ? 2_000 : 500);
  if (shown === original) return <p className="mt-2 text-xs text-ink-3">{t("notYet")}</p>;
  return (
    <section aria-label={t("changes")} className="mt-3 border-t border-line pt-2">
      <h3 className="mb-1 text-xs text-ink-3">{t("changes")}</h3>
      <ChangesShown original={original} edited={shown} language={language} />
    </section>
  );
}
