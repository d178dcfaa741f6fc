"use client";
import type { ModelStandingView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { pairsHref, type StandingFilter } from "./standing-filter.ts";
import { pairsInOrder } from "./standing-sight.ts";
import { useNames } from "./use-names.ts";

interface StandingPairsProps {
  readonly standing: ModelStandingView;
  readonly filter: StandingFilter;
}

type Pair = ModelStandingView["pairs"][number];
type Outcome = "model" | "tie" | "against";

/** So many are read at a glance; the others come when they are asked for. */
const shownFirst = 15;

/** Each two models that met, with the items behind every figure. */
export function StandingPairs({ standing, filter }: StandingPairsProps): ReactNode {
  const t = useTranslations("standing.pairs");
  const formats = useFormats();
  const nameOf = useNames(standing);
  const [all, setAll] = useState(false);
  const pairs = pairsInOrder(standing);
  const outcome = (id: Outcome, countOf: (pair: Pair) => number): Column<Pair> => ({
    id,
    header: t(id),
    numeric: true,
    cell: (pair) => {
      const count = countOf(pair);
      const figure = formats.number(count, Number.isInteger(count) ? 0 : 1);
      if (count === 0) return figure;
      const href = pairsHref(standing.projectId, filter, { model: pair.a, against: pair.b, preferred: id });
      const names = { a: nameOf(pair.a), b: nameOf(pair.b) };
      return (
        <TextLink href={href} aria-label={t(`to.${id}`, { ...names, figure })}>
          {figure}
        </TextLink>
      );
    },
  });
  const columns: Column<Pair>[] = [
    {
      id: "pair",
      header: t("pair"),
      wrap: true,
      cell: ({ a, b }) => (
        <span className="block min-w-40 wrap-anywhere">{t("twoOf", { a: nameOf(a), b: nameOf(b) })}</span>
      ),
    },
    outcome("model", ({ wins }) => wins),
    outcome("tie", ({ ties }) => ties),
    outcome("against", ({ losses }) => losses),
    { id: "seen", header: t("seen"), numeric: true, wide: true, cell: ({ winRate }) => formats.share(winRate, 1) },
    {
      id: "expected",
      header: t("expected"),
      numeric: true,
      wide: true,
      cell: ({ expected }) => formats.share(expected.winRate, 1),
    },
  ];
  return (
    <Card title={t("title")} note={t("note")} flush>
      <Table
        label={t("title")}
        columns={columns}
        rows={all ? pairs : pairs.slice(0, shownFirst)}
        rowKey={({ a, b }) => JSON.stringify([a, b])}
      />
      {pairs.length > shownFirst && !all ? (
        <div className="p-4">
          <Button onClick={() => setAll(true)}>{t("all", { count: pairs.length })}</Button>
        </div>
      ) : null}
    </Card>
  );
}
