"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Estimate } from "../../components/figures/interval.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { verdictOf } from "./model-verdict.ts";

/** The one figure of a model that a list has room for, with its interval. */
export function ModelResult({ metrics }: { readonly metrics: Readonly<Record<string, unknown>> }): ReactNode {
  const t = useTranslations("runs");
  const formats = useFormats();
  const verdict = verdictOf(metrics);
  if (verdict.kind === "none") return "–";
  if (verdict.kind === "reward")
    return t("rewardShort", { figure: `${formats.number(verdict.before, 2)} → ${formats.number(verdict.after, 2)}` });
  const { value, low, high } = verdict.estimate;
  const as = verdict.kind === "agreement" ? "share" : "number";
  if (low !== null) return <Estimate estimate={{ value, low, high }} as={as} />;
  return as === "share" ? formats.share(value, 1) : formats.number(value, 2);
}
