"use client";
import type { ProjectFigures } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Chip } from "../../components/figures/chip.tsx";
import { Face } from "../../components/figures/face.tsx";
import { Moment } from "../../components/moment.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { useFormats } from "../../components/use-formats.ts";

type Annotator = ProjectFigures["annotators"][number];

/** People first, the most active of them on top; beyond these the export has everybody. */
const shown = 12;

export function AnnotatorTable({ annotators }: { readonly annotators: readonly Annotator[] }): ReactNode {
  const t = useTranslations("projects.people");
  const formats = useFormats();
  if (annotators.length === 0) return <p className="px-4 pb-4 text-ink-3">{t("empty")}</p>;
  const columns: Column<Annotator>[] = [
    {
      id: "name",
      header: t("name"),
      cell: ({ name, kind }) => (
        <span className="flex items-center gap-2">
          <Face name={name} />
          {name}
          {kind === "person" ? null : <Chip state="rest">{t(`kinds.${kind}`)}</Chip>}
        </span>
      ),
    },
    { id: "count", header: t("judgements"), numeric: true, cell: ({ judgements }) => formats.number(judgements) },
    {
      id: "pace",
      header: t("median"),
      numeric: true,
      wide: true,
      cell: ({ medianSeconds }) =>
        medianSeconds === null || medianSeconds === 0 ? "–" : formats.duration(medianSeconds),
    },
    {
      id: "last",
      header: t("last"),
      numeric: true,
      wide: true,
      cell: ({ lastAt }) => (lastAt ? <Moment at={lastAt} /> : "–"),
    },
  ];
  return (
    <Table label={t("title")} columns={columns} rows={annotators.slice(0, shown)} rowKey={({ memberId }) => memberId} />
  );
}
