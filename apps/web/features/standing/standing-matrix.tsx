"use client";
import type { ModelStandingView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { CSSProperties, ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { classNames } from "../../components/class-names.ts";
import { type Column, Table } from "../../components/table.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { pairsHref, type StandingFilter } from "./standing-filter.ts";
import { seenFrom } from "./standing-sight.ts";
import { useNames } from "./use-names.ts";

interface StandingMatrixProps {
  readonly standing: ModelStandingView;
  readonly filter: StandingFilter;
}

/** How often the model of a row was preferred to that of a column, and under it how often the strengths expect it. */
export function StandingMatrix({ standing, filter }: StandingMatrixProps): ReactNode {
  const t = useTranslations("standing.matrix");
  const nameOf = useNames(standing);
  const models = standing.groups.flat().map(({ model }) => model);
  const pairs = new Map(
    standing.pairs.flatMap((pair) => [pair, seenFrom(pair.b, pair)].map((one) => [keyOf(one), one])),
  );
  const columns: Column<string>[] = [
    {
      id: "model",
      header: t("against"),
      names: true,
      wrap: true,
      cell: (row) => <Name className="w-24 md:w-44">{nameOf(row)}</Name>,
    },
    ...models.map(
      (column): Column<string> => ({
        id: `against ${column}`,
        header: <Name className="w-20">{nameOf(column)}</Name>,
        filled: true,
        cell: (row) => (
          <Cell
            pair={pairs.get(keyOf({ a: row, b: column }))}
            names={[nameOf(row), nameOf(column)]}
            href={pairsHref(standing.projectId, filter, { model: row, against: column })}
          />
        ),
      }),
    ),
  ];
  return (
    <Card title={t("title")} note={t("note")} flush>
      <Table label={t("title")} columns={columns} rows={models} rowKey={(model) => model} />
    </Card>
  );
}

/** Two lines of a name, and the whole of it for whoever points at it. */
function Name({ className, children }: { readonly className: string; readonly children: string }): ReactNode {
  return (
    <span className={classNames("block", className)} title={children}>
      <span className="line-clamp-2 whitespace-normal wrap-anywhere">{children}</span>
    </span>
  );
}

const keyOf = ({ a, b }: { readonly a: string; readonly b: string }): string => JSON.stringify([a, b]);

interface CellProps {
  readonly pair: ModelStandingView["pairs"][number] | undefined;
  readonly names: readonly [string, string];
  readonly href: string;
}

function Cell({ pair, names: [a, b], href }: CellProps): ReactNode {
  const t = useTranslations("standing.matrix");
  const formats = useFormats();
  if (!pair) return <span className="px-2 text-ink-3">·</span>;
  const [seen, expected] = [formats.share(pair.winRate), formats.share(pair.expected.winRate)];
  // From nothing at one half to a plain tint, light enough for the text on it.
  const tint: CSSProperties & Record<"--share", string> = {
    "--share": `${Math.round(Math.abs(pair.winRate - 0.5) * 50)}%`,
  };
  return (
    <span
      style={tint}
      className="matrix-cell grid min-h-11 content-center px-2 py-1"
      data-side={pair.winRate >= 0.5 ? "for" : "against"}
    >
      <TextLink href={href} aria-label={t("cell", { a, b, seen, expected })} className="justify-self-start">
        {seen}
      </TextLink>
      <span className="text-xs text-ink-2">{expected}</span>
    </span>
  );
}
