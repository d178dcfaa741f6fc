"use client";
import type { CardBestOf } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { CardEstimate } from "./card-estimate.tsx";

/** What the model's choice among several answers is worth to people. */
export function BestOfCard({ bestOf }: { readonly bestOf: CardBestOf | null }): ReactNode {
  const t = useTranslations("reportCard.bestOf");
  const formats = useFormats();
  if (bestOf === null) {
    return (
      <Card title={t("title")}>
        <p className="text-ink-3">{t("none")}</p>
      </Card>
    );
  }
  const rows: [string, ReactNode][] = [
    [t("picked"), <CardEstimate key="picked" figure={bestOf.picked} />],
    [t("longest"), formats.share(bestOf.longest, 1)],
    [t("lead"), <CardEstimate key="lead" figure={bestOf.lead} />],
    [t("most"), formats.share(bestOf.most, 1)],
  ];
  return (
    <Card title={t("title")} note={t("note")}>
      <dl className="grid max-w-read gap-1">
        {rows.map(([name, value]) => (
          <div key={name} className="flex items-baseline justify-between gap-4 border-b border-line py-1">
            <dt className="text-ink-2">{name}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="pt-2 text-xs text-ink-3">
        {t("of", { prompts: bestOf.prompts, answers: formats.number(bestOf.answers, 1) })}
      </p>
    </Card>
  );
}
