"use client";
import type { QualityQuestion } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Estimate, Interval } from "../../components/figures/interval.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { useFormats } from "../../components/use-formats.ts";

type Slice = QualityQuestion["slices"][number];
type Part = Slice["parts"][number];

interface SliceTableProps {
  readonly label: string;
  readonly slice: Slice;
}

/** As on the card above: α below this is hardly ever seen. */
const alphaFrom = -0.2;

/** Agreement in each part, one under the other so that they can be compared. */
export function SliceTable({ label, slice }: SliceTableProps): ReactNode {
  const t = useTranslations("quality");
  const formats = useFormats();
  const nameOf = useNames(slice.by);
  const columns: Column<Part>[] = [
    { id: "part", header: t(`slices.${slice.by}`), cell: ({ value }) => <span dir="auto">{nameOf(value)}</span> },
    { id: "judgements", header: t("count"), numeric: true, cell: ({ judgements }) => formats.number(judgements) },
    {
      id: "alpha",
      header: t("alpha"),
      numeric: true,
      cell: ({ alpha }) => (alpha ? <Estimate estimate={alpha} as="number" /> : "–"),
    },
    {
      id: "interval",
      header: t("interval"),
      wide: true,
      cell: ({ alpha }) =>
        alpha ? <Interval className="w-40" estimate={alpha} from={alphaFrom} to={1} mark={0} /> : "–",
    },
    {
      id: "raw",
      header: t("raw"),
      numeric: true,
      cell: ({ raw }) => (raw ? <Estimate estimate={raw} as="share" /> : "–"),
    },
  ];
  return (
    <>
      <Table label={label} columns={columns} rows={slice.parts} rowKey={({ value }) => value ?? ""} />
      {slice.more > 0 ? <p className="px-4 py-2 text-xs text-ink-3">{t("more", { count: slice.more })}</p> : null}
      {slice.by === "week" ? <p className="px-4 py-2 text-xs text-ink-3">{t("weekNote")}</p> : null}
    </>
  );
}

function useNames(by: Slice["by"]): (value: string | null) => string {
  const t = useTranslations("quality");
  const browse = useTranslations("browse");
  const formats = useFormats();
  return (value) => {
    if (value === null) return t("unknown");
    if (by === "week") return formats.day(value);
    if (by === "source" && isOrigin(value)) return browse(`origins.${value}`);
    if (by === "split" && isSplit(value)) return browse(`splits.${value}`);
    return value;
  };
}

const origins = ["import", "run", "evaluation", "other"] as const;
const isOrigin = (value: string): value is (typeof origins)[number] => origins.some((one) => one === value);
const splits = ["train", "validation", "test"] as const;
const isSplit = (value: string): value is (typeof splits)[number] => splits.some((one) => one === value);
