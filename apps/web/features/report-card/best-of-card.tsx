"use client";
import type { ReportCard } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { CardEstimate } from "./card-estimate.tsx";

/** What the model's choice among several answers is worth to people, and what it takes of its policy's own. */
export function BestOfCard({ card }: { readonly card: ReportCard }): ReactNode {
  const t = useTranslations("reportCard.bestOf");
  return (
    <Card title={t("title")}>
      <div className="grid max-w-read gap-5">
        <StoredAnswers card={card} />
        <FreshAnswers card={card} />
      </div>
    </Card>
  );
}

function StoredAnswers({ card: { bestOf } }: { readonly card: ReportCard }): ReactNode {
  const t = useTranslations("reportCard.bestOf");
  const formats = useFormats();
  if (bestOf === null) return <p className="text-ink-3">{t("none")}</p>;
  return (
    <Figures
      note={t("note", { prompts: bestOf.prompts, answers: formats.number(bestOf.answers, 1) })}
      rows={[
        [t("picked"), <CardEstimate key="picked" figure={bestOf.picked} />],
        [t("longest"), formats.share(bestOf.longest, 1)],
        [t("lead"), <CardEstimate key="lead" figure={bestOf.lead} />],
        [t("most"), formats.share(bestOf.most, 1)],
      ]}
    />
  );
}

function FreshAnswers({ card: { fresh, freshMissing } }: { readonly card: ReportCard }): ReactNode {
  const t = useTranslations("reportCard.fresh");
  const formats = useFormats();
  if (fresh === null) return <p className="text-ink-3">{t(`missing.${freshMissing ?? "no-policy"}`)}</p>;
  const { prompts, answers } = fresh;
  return (
    <Figures
      note={t("note", { prompts, answers, kl: formats.number(fresh.kl, 2) })}
      rows={[
        [t("longest"), <CardEstimate key="longest" figure={fresh.longest} />],
        [t("chance"), formats.share(fresh.chance, 1)],
        [t("longer"), <CardEstimate key="longer" figure={fresh.longer} as="number" digits={1} />],
        [t("different"), formats.number(fresh.different, 1)],
      ]}
    />
  );
}

interface FiguresProps {
  readonly note: string;
  readonly rows: readonly (readonly [name: string, value: ReactNode])[];
}

function Figures({ note, rows }: FiguresProps): ReactNode {
  return (
    <div>
      <p className="pb-2 text-xs text-ink-3">{note}</p>
      <dl className="grid gap-1">
        {rows.map(([name, value]) => (
          <div key={name} className="flex items-baseline justify-between gap-4 border-b border-line py-1">
            <dt className="text-ink-2">{name}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
