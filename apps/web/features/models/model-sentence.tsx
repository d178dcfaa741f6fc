"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormats } from "../../components/use-formats.ts";
import { type ModelVerdict, verdictOf } from "./model-verdict.ts";

/** What the figures amount to, in a sentence, before the figures themselves. */
export function ModelSentence({ metrics }: { readonly metrics: Readonly<Record<string, unknown>> }): ReactNode {
  const t = useTranslations("models.verdicts");
  const formats = useFormats();
  const against = useAgainst();
  const verdict = verdictOf(metrics);
  const inBrackets = (low: number | null, high: number | null, scale: number, digits: number) =>
    low === null || high === null
      ? ""
      : ` [${formats.number(low * scale, digits)}, ${formats.number(high * scale, digits)}]`;
  switch (verdict.kind) {
    case "agreement": {
      const { value, low, high } = verdict.estimate;
      const interval = inBrackets(low, high, 100, 0);
      return t("agreement", { share: formats.share(value), count: verdict.count, interval, against: against(verdict) });
    }
    case "error": {
      const { value, low, high } = verdict.estimate;
      const interval = inBrackets(low, high, 1, 2);
      return t("error", {
        value: formats.number(value, 2),
        count: verdict.count,
        interval,
        against: against(verdict),
      });
    }
    case "reward":
      return t("reward", { before: formats.number(verdict.before, 2), after: formats.number(verdict.after, 2) });
    default:
      return t("none");
  }
}

function useAgainst() {
  const t = useTranslations("models");
  const formats = useFormats();
  return ({ measured, notBeaten }: Extract<ModelVerdict, { measured: boolean }>): string => {
    if (!measured) return t("verdicts.unmeasured");
    if (notBeaten.length === 0) return t("verdicts.beaten");
    return t("verdicts.notBeaten", { yardsticks: formats.list(notBeaten.map((one) => t(`yardsticks.${one}`))) });
  };
}
