"use client";
import type { ProjectFigures, ProjectView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { Face } from "../../components/figures/face.tsx";
import { Moment } from "../../components/moment.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { itemsHref } from "../browse/item-filter.ts";
import { judgementsHref } from "../judgements/judgement-filter.ts";
import { tooFastFor } from "./too-fast.ts";

type Annotator = ProjectFigures["annotators"][number];

/** So many at first; the others come when asked for. */
const shownAtFirst = 12;

interface AnnotatorTableProps {
  readonly project: ProjectView;
  readonly figures: ProjectFigures;
}

/** People first, the most active of them on top. */
export function AnnotatorTable({ project, figures }: AnnotatorTableProps): ReactNode {
  const t = useTranslations("projects.people");
  const formats = useFormats();
  const [all, setAll] = useState(false);
  const { annotators, annotatorCount } = figures;
  if (annotators.length === 0) return <p className="px-4 pb-4 text-ink-3">{t("empty")}</p>;
  const consistencyColumn: Column<Annotator> = {
    id: "consistency",
    header: t("consistency"),
    numeric: true,
    cell: ({ consistency }) => (consistency ? t("consistencyOf", consistency) : "–"),
  };
  const hasteColumn: Column<Annotator> = {
    id: "haste",
    header: t("haste"),
    numeric: true,
    cell: ({ haste }) => (haste && haste.decisions > 0 ? t("hasteOf", haste) : "–"),
  };
  const columns: Column<Annotator>[] = [
    {
      id: "name",
      header: t("name"),
      cell: ({ memberId, name, kind, leftOut }) => (
        <span className="flex items-center gap-2">
          <Face name={name} />
          <TextLink href={judgementsHref(project.id, { state: "counted", member: memberId })}>{name}</TextLink>
          {kind === "person" ? null : <Chip state="rest">{t(`kinds.${kind}`)}</Chip>}
          {leftOut ? <Chip state="rest">{t("leftOut")}</Chip> : null}
        </span>
      ),
    },
    { id: "count", header: t("judgements"), numeric: true, cell: ({ judgements }) => formats.number(judgements) },
    {
      id: "pace",
      header: t("median"),
      numeric: true,
      cell: (annotator) => <PaceCell annotator={annotator} />,
    },
    ...(annotators.some(({ haste }) => haste && haste.fast > 0) ? [hasteColumn] : []),
    ...(annotators.some(({ consistency }) => consistency) ? [consistencyColumn] : []),
    {
      id: "last",
      header: t("last"),
      numeric: true,
      wide: true,
      cell: ({ lastAt }) => (lastAt ? <Moment at={lastAt} /> : "–"),
    },
  ];
  const rows = all ? annotators : annotators.slice(0, shownAtFirst);
  const marked = rows.some((annotator) => tooFastFor(annotator) !== null);
  return (
    <>
      <Table label={t("title")} columns={columns} rows={rows} rowKey={({ memberId }) => memberId} />
      {rows.length < annotators.length ? (
        <Button variant="ghost" className="m-2" onClick={() => setAll(true)}>
          {t("more", { count: annotators.length - rows.length })}
        </Button>
      ) : null}
      {annotatorCount > annotators.length ? (
        <p className="px-4 py-2 text-xs text-ink-3">{t("inExport", { count: annotatorCount - annotators.length })}</p>
      ) : null}
      {figures.consistency ? (
        <p className="max-w-read px-4 py-2 text-xs text-ink-3">{t("consistencyRule", figures.consistency)}</p>
      ) : null}
      {columns.includes(hasteColumn) ? (
        <p className="max-w-read px-4 py-2 text-xs text-ink-3">
          {t("hasteRule")}{" "}
          <TextLink href={itemsHref(project.id, { fasterThanReading: "true" })}>{t("hasteItems")}</TextLink>
        </p>
      ) : null}
      {marked ? <p className="max-w-read px-4 py-2 text-xs text-ink-3">{t("tooFastRule")}</p> : null}
    </>
  );
}

function PaceCell({ annotator }: { readonly annotator: Annotator }): ReactNode {
  const t = useTranslations("projects.people");
  const formats = useFormats();
  const { medianSeconds } = annotator;
  if (medianSeconds === null || medianSeconds === 0) return "–";
  const least = tooFastFor(annotator);
  return (
    <span className="inline-flex items-center justify-end gap-2">
      {least === null ? null : <Chip state="attention">{t("tooFast", { least: formats.duration(least) })}</Chip>}
      {formats.duration(medianSeconds)}
    </span>
  );
}
