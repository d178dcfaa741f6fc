"use client";
import type { ReportCard } from "@touchstone/contracts";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { AgainstCard } from "./against-card.tsx";
import { BestOfCard } from "./best-of-card.tsx";
import { CalibrationCard } from "./calibration-card.tsx";
import { SlicesCard } from "./slices-card.tsx";

/** A sentence first; then what it rests on, from what the model must beat to where it is good. */
export function CardFigures({ card }: { readonly card: ReportCard }): ReactNode {
  const t = useTranslations("reportCard");
  const locale = useLocale();
  const { sentence, pairs, prompts, ties, labels, splits } = card;
  return (
    <>
      <p className="mb-2 max-w-read text-lg">{sentence[locale]}</p>
      {pairs === 0 ? null : (
        <>
          <p className="mb-5 max-w-read text-xs text-ink-3">{t("made", { pairs, prompts, ties, labels, ...splits })}</p>
          <div className="grid gap-5">
            <AgainstCard card={card} />
            <CalibrationCard card={card} />
            <SlicesCard card={card} />
            <BestOfCard card={card} />
          </div>
          {card.made === "later" ? <p className="mt-4 max-w-read text-xs text-ink-3">{t("later")}</p> : null}
          <p className="mt-4 text-xs text-ink-3">{t("method")}</p>
        </>
      )}
    </>
  );
}
