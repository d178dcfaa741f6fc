"use client";
import {
  type ColumnChoice,
  type ColumnConflict,
  type ColumnRole,
  conflictsOf,
  type ImportReceipt,
  mappingOf,
  type ReceiptColumn,
  type ReceiptQuery,
} from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { type Column, Table } from "../../../components/table.tsx";
import { useFormats } from "../../../components/use-formats.ts";
import { PointedColumn } from "./pointed-column.tsx";

interface Props {
  readonly receipt: ImportReceipt;
  readonly disabled: boolean;
  readonly onRead: (query: ReceiptQuery) => void;
}

/**
 * The first rows as a table whose headers say what each column becomes. A change that goes together with the others is read at
 * once; one that does not stays here, said at its column, until another makes it whole.
 */
export function PointingTable({ receipt, disabled, onRead }: Props): ReactNode {
  const t = useTranslations("mapping");
  const [changes, setChanges] = useState<readonly ColumnChoice[]>([]);
  const conflicts = conflictsOf(receipt, changes);
  const stopping = conflicts.filter(({ stops }) => stops);
  const change = (more: readonly ColumnChoice[]): void => {
    const next = [...changes.filter(({ path }) => more.every((one) => one.path !== path)), ...more];
    setChanges(next);
    if (conflictsOf(receipt, next).some(({ stops }) => stops)) return;
    onRead({ format: "columns", mapping: JSON.stringify(mappingOf(receipt, next)) });
  };
  const roleOf = (column: ReceiptColumn): ColumnRole =>
    changes.find(({ path }) => path === column.path)?.role ?? column.role;
  const unused = notImported(receipt);
  return (
    <section aria-label={t("table")} className="grid grid-cols-1 gap-2">
      <p className="text-xs text-ink-2">{t("hint")}</p>
      <div className="rounded-lg border border-line bg-surface">
        <Rows
          receipt={receipt}
          conflicts={conflicts}
          roleOf={roleOf}
          disabled={disabled}
          onChange={(path, role) => change([{ path, role }])}
        />
      </div>
      <div aria-live="polite" className="flex flex-wrap items-center gap-3 empty:hidden">
        {changes.length > 0 && stopping.length > 0 ? (
          <>
            <p className="flex items-baseline gap-1.5 text-xs text-warn">
              <i aria-hidden="true" className="mark" data-state="attention" />
              {t("unread", { count: new Set(stopping.map(({ path }) => path)).size })}
            </p>
            <Button onClick={() => setChanges([])}>{t("takeBack")}</Button>
          </>
        ) : null}
        {unused.length > 0 && stopping.length === 0 ? (
          <Button
            disabled={disabled}
            onClick={() => change(unused.map((path) => ({ path, role: "metadata" as const })))}
          >
            {t("keepAll", { count: unused.length })}
          </Button>
        ) : null}
      </div>
    </section>
  );
}

/** The columns that the receipt warns of: of a list that is taken in part, what is left of its entries, and not the list. */
function notImported({ warnings, columns }: ImportReceipt): string[] {
  const named = new Set(
    warnings.filter(({ code }) => code === "unusedColumn" || code === "voteValues").map(({ values }) => values.column),
  );
  return columns.map(({ path }) => path).filter((path) => named.has(path));
}

interface RowsProps {
  readonly receipt: ImportReceipt;
  readonly conflicts: readonly ColumnConflict[];
  readonly roleOf: (column: ReceiptColumn) => ColumnRole;
  readonly disabled: boolean;
  readonly onChange: (path: string, role: ColumnRole) => void;
}

function Rows({ receipt, conflicts, roleOf, disabled, onChange }: RowsProps): ReactNode {
  const t = useTranslations("mapping");
  const columnsLabel = useTranslations("imports")("columnsLabel");
  const formats = useFormats();
  const columns: Column<Sample>[] = [
    { id: "line", header: t("line"), wide: true, cell: ({ line }) => formats.number(line) },
    ...receipt.columns.map(
      (column, place): Column<Sample> => ({
        id: column.path,
        wrap: true,
        header: (
          <PointedColumn
            column={column}
            role={roleOf(column)}
            ignored={receipt.mapping?.ignore?.includes(column.path) ?? false}
            conflicts={conflicts.filter(({ path }) => path === column.path)}
            rows={receipt.counts.rows}
            disabled={disabled}
            onChange={(role) => onChange(column.path, role)}
          />
        ),
        cell: ({ cells }) => <Cell text={cells[place] ?? null} />,
      }),
    ),
  ];
  return (
    <div className="[&_td]:align-top [&_th]:align-top">
      <Table label={columnsLabel} columns={columns} rows={receipt.sample} rowKey={({ line }) => String(line)} />
    </div>
  );
}

type Sample = ImportReceipt["sample"][number];

function Cell({ text }: { readonly text: string | null }): ReactNode {
  const t = useTranslations("mapping");
  if (text === null) return <span className="text-xs text-ink-3">{t("emptyCell")}</span>;
  return (
    <span dir="auto" className="line-clamp-3 min-w-36 max-w-80 text-xs text-ink-2 [overflow-wrap:anywhere]">
      {text}
    </span>
  );
}
