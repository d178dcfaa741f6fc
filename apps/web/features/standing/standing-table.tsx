"use client";
import type { ModelStandingView, StandingModel } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { Interval } from "../../components/figures/interval.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { OpenInterval } from "./open-interval.tsx";
import { axisOf, drawn, placesOf } from "./standing-sight.ts";
import { useNames } from "./use-names.ts";

interface StandingTablesProps {
  readonly standing: ModelStandingView;
}

/** A table for the models that can be compared, and one more for each set of models that none of these has met. */
export function StandingTables({ standing }: StandingTablesProps): ReactNode {
  const t = useTranslations("standing");
  const { groups } = standing;
  const several = groups.length > 1;
  const axis = axisOf(groups);
  const columns = useColumns(standing, axis);
  return (
    <div className="grid gap-4">
      {several ? <p className="max-w-read text-ink-2">{t("apart", { count: groups.length })}</p> : null}
      {groups.map((group, place) => {
        const title = several ? t("tableOf", { number: place + 1 }) : t("table");
        return (
          <Card key={group[0]?.model} title={title} note={place === 0 ? t("note") : undefined} flush>
            <Table label={title} columns={columns} rows={group} rowKey={({ model }) => model} />
          </Card>
        );
      })}
    </div>
  );
}

function useColumns(standing: ModelStandingView, axis: ReturnType<typeof axisOf>): Column<StandingModel>[] {
  const t = useTranslations("standing");
  const formats = useFormats();
  const nameOf = useNames(standing);
  const known = new Map(standing.models.map((one) => [one.model, one]));
  return [
    { id: "rank", header: t("columns.rank"), numeric: true, cell: ({ rank }) => placesOf(rank) },
    {
      id: "model",
      header: t("columns.model"),
      wrap: true,
      cell: ({ model, strength, unbounded }) => (
        <span className="grid min-w-24 gap-1">
          {known.get(model)?.version ? (
            <TextLink href={`/models/${model}`}>{nameOf(model)}</TextLink>
          ) : (
            <span className="wrap-anywhere">{nameOf(model)}</span>
          )}
          {unbounded ? <span className="text-xs text-ink-3">{t(`unbounded.${sides[unbounded]}`)}</span> : null}
          <Interval estimate={drawn(strength, axis)} {...axis} mark={0} className="md:hidden" />
        </span>
      ),
    },
    {
      id: "interval",
      header: t("columns.interval"),
      wide: true,
      cell: ({ strength }) => <Interval estimate={drawn(strength, axis)} {...axis} mark={0} className="min-w-56" />,
    },
    {
      id: "strength",
      header: t("columns.strength"),
      numeric: true,
      cell: ({ strength }) => <OpenInterval estimate={strength} as="number" />,
    },
    {
      id: "preferred",
      header: t("columns.preferred"),
      numeric: true,
      wide: true,
      cell: ({ preferred }) => <OpenInterval estimate={preferred} as="share" />,
    },
    {
      id: "comparisons",
      header: t("columns.comparisons"),
      numeric: true,
      wide: true,
      cell: ({ comparisons }) => formats.number(comparisons),
    },
    {
      id: "answers",
      header: t("columns.answers"),
      numeric: true,
      wide: true,
      cell: ({ model }) => formats.number(known.get(model)?.answers ?? 0),
    },
  ];
}

const sides = { "won all": "won", "lost all": "lost" } as const;
