"use client";
import type { CardSlice, ReportCard } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { CardEstimate } from "./card-estimate.tsx";

type By = keyof ReportCard["slices"];

/** Where the model is better than the longer answer, and where it is not. */
export function SlicesCard({ card }: { readonly card: ReportCard }): ReactNode {
  const t = useTranslations("reportCard.slices");
  const { lengthMatched, slices } = card;
  const byAll: By[] = ["strength", "length", "language", "annotator"];
  return (
    <Card title={t("title")} note={t("note")} flush>
      {lengthMatched ? (
        <Slices name={t("matched")} slices={[lengthMatched]} nameOf={() => t("matched")} />
      ) : (
        <p className="px-4 py-2 text-ink-3">{t("noMatched")}</p>
      )}
      {byAll
        .filter((by) => slices[by].length > 0)
        .map((by) => (
          <Named key={by} by={by} card={card} />
        ))}
    </Card>
  );
}

function Named({ by, card }: { readonly by: By; readonly card: ReportCard }): ReactNode {
  const t = useTranslations("reportCard.slices");
  const nameOf = useNames(by, card.labels);
  return <Slices name={t(`by.${by}`)} slices={card.slices[by]} nameOf={nameOf} />;
}

function useNames(by: By, labels: ReportCard["labels"]): (of: string) => string {
  const t = useTranslations("reportCard.slices");
  return (of) => {
    if (by === "strength" && isStrength(of)) return t(labels === "ratings" ? `distances.${of}` : `strengths.${of}`);
    if (by === "language" && isLanguage(of)) return t(`languages.${of}`);
    return by === "annotator" && of === "others" ? t("others") : of;
  };
}

const strengths = ["1", "2", "3"] as const;
const isStrength = (of: string): of is (typeof strengths)[number] => strengths.some((one) => one === of);
const languages = ["en", "zh", "ja", "ko", "latin", "cyrillic", "arabic", "devanagari", "other"] as const;
const isLanguage = (of: string): of is (typeof languages)[number] => languages.some((one) => one === of);

interface SlicesProps {
  readonly name: string;
  readonly slices: readonly CardSlice[];
  readonly nameOf: (of: string) => string;
}

function Slices({ name, slices, nameOf }: SlicesProps): ReactNode {
  const t = useTranslations("reportCard.slices");
  const formats = useFormats();
  const columns: Column<CardSlice>[] = [
    { id: "of", header: name, names: true, wrap: true, cell: ({ of }) => nameOf(of) },
    {
      id: "accuracy",
      header: t("accuracy"),
      numeric: true,
      cell: ({ accuracy }) => <CardEstimate figure={accuracy} />,
    },
    { id: "longer", header: t("longer"), numeric: true, cell: ({ longer }) => formats.share(longer, 1) },
    { id: "lead", header: t("lead"), numeric: true, cell: ({ lead }) => <CardEstimate figure={lead} /> },
    { id: "pairs", header: t("count"), numeric: true, cell: ({ pairs }) => formats.number(pairs) },
    { id: "prompts", header: t("prompts"), numeric: true, wide: true, cell: ({ prompts }) => formats.number(prompts) },
  ];
  return (
    <div className="border-t border-line first:border-t-0">
      <Table label={name} columns={columns} rows={slices} rowKey={({ of }) => of} />
    </div>
  );
}
