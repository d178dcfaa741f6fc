"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button, ButtonLink } from "../../components/button.tsx";
import type { Column } from "../../components/table.tsx";
import { compareHref, mostCompared } from "./compare-address.ts";

export interface CompareChoice<Row> {
  /** A box for each row of a table. */
  readonly column: Column<Row>;
  /** In the order in which they were chosen. */
  readonly ids: readonly string[];
  readonly clear: () => void;
}

/** Which rows of a list are to be compared, two to six. */
export function useCompareChoice<Row extends { readonly id: string }>(
  nameOf: (row: Row) => string,
): CompareChoice<Row> {
  const t = useTranslations("compare.choice");
  const [ids, setIds] = useState<readonly string[]>([]);
  const toggle = (id: string): void =>
    setIds((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id]));
  const column: Column<Row> = {
    id: "compare",
    header: <span className="sr-only">{t("select")}</span>,
    cell: (row) => (
      // The whole of the cell can be pressed, for thumbs.
      <label className="-m-2 inline-flex p-2">
        <input
          type="checkbox"
          aria-label={t("selectOne", { name: nameOf(row) })}
          className="size-4 align-middle accent-(--accent)"
          checked={ids.includes(row.id)}
          disabled={ids.length >= mostCompared && !ids.includes(row.id)}
          onChange={() => toggle(row.id)}
        />
      </label>
    ),
  };
  return { column, ids, clear: () => setIds([]) };
}

interface CompareBarProps {
  readonly choice: Pick<CompareChoice<unknown>, "ids" | "clear">;
  readonly of: "models" | "runs";
}

/** How many are chosen, and the way to the comparison. */
export function CompareBar({ choice: { ids, clear }, of }: CompareBarProps): ReactNode {
  const t = useTranslations("compare");
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line px-4 py-2">
      <span role="status" className="text-ink-2">
        {ids.length < 2 ? t("choice.hint", { most: mostCompared }) : t("choice.count", { count: ids.length })}
      </span>
      {ids.length > 0 ? (
        <Button variant="ghost" onClick={clear}>
          {t("choice.clear")}
        </Button>
      ) : null}
      {ids.length > 1 ? (
        <ButtonLink href={compareHref({ [of]: ids })} className="ml-auto">
          {t("open")}
        </ButtonLink>
      ) : (
        <Button disabled className="ml-auto">
          {t("open")}
        </Button>
      )}
    </div>
  );
}
