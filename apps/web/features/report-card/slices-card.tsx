"use client";
import type { ReportCard } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { CardEstimate } from "./card-estimate.tsx";
import { rowsOfSlices, type SliceRow } from "./rows-of-slices.ts";

/** Where the model is better than the longer answer, and where it is not; each group of rows has every pair once. */
export function SlicesCard({ card }: { readonly card: ReportCard }): ReactNode {
  const t = useTranslations("reportCard.slices");
  const formats = useFormats();
  const nameOf = useNames(card.labels);
  const columns: Column<SliceRow>[] = [
    {
      id: "by",
      header: t("by.title"),
      wide: true,
      cell: ({ by, isFirst }) => (isFirst ? <span className="text-ink-3">{t(`by.${by}`)}</span> : null),
    },
    {
      id: "of",
      header: t("of"),
      names: true,
      wrap: true,
      cell: (row) => <span className="block min-w-28">{nameOf(row)}</span>,
    },
    {
      id: "accuracy",
      header: t("accuracy"),
      numeric: true,
      cell: ({ slice }) => <CardEstimate figure={slice.accuracy} />,
    },
    { id: "longer", header: t("longer"), numeric: true, cell: ({ slice }) => formats.share(slice.longer, 1) },
    { id: "lead", header: t("lead"), numeric: true, cell: ({ slice }) => <CardEstimate figure={slice.lead} /> },
    { id: "pairs", header: t("count"), numeric: true, cell: ({ slice }) => formats.number(slice.pairs) },
    {
      id: "prompts",
      header: t("prompts"),
      numeric: true,
      wide: true,
      cell: ({ slice }) => formats.number(slice.prompts),
    },
  ];
  return (
    <Card title={t("title")} note={t("note")} flush>
      <Table
        label={t("title")}
        columns={columns}
        rows={rowsOfSlices(card)}
        rowKey={({ by, slice }) => `${by} ${slice.of}`}
      />
      {card.lengthMatched ? null : <p className="px-4 py-2 text-xs text-ink-3">{t("noMatched")}</p>}
    </Card>
  );
}

function useNames(labels: ReportCard["labels"]): (row: SliceRow) => string {
  const t = useTranslations("reportCard.slices");
  const strength = labels === "ratings" ? "distances" : "strengths";
  return ({ by, slice: { of } }: SliceRow): string => {
    if (by === "matched") return t("matched");
    if (by === "length") return t("characters", { span: of });
    if (by === "annotator") return of === "others" ? t("others") : t("annotator", { number: of });
    if (by === "strength") return isStrength(of) ? t(`${strength}.${of}`) : of;
    return isLanguage(of) ? t(`languages.${of}`) : of;
  };
}

const strengths = ["1", "2", "3"] as const;
const isStrength = (of: string): of is (typeof strengths)[number] => strengths.some((one) => one === of);
const languages = ["en", "zh", "ja", "ko", "latin", "cyrillic", "arabic", "devanagari", "other"] as const;
const isLanguage = (of: string): of is (typeof languages)[number] => languages.some((one) => one === of);
