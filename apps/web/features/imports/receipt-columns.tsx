"use client";
import { type ColumnRole, choosableRoles, type ImportReceipt, type ReceiptColumn } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Select } from "../../components/forms/field.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { useFormats } from "../../components/use-formats.ts";

interface Props {
  readonly receipt: ImportReceipt;
  readonly disabled: boolean;
  readonly onChange: (path: string, role: ColumnRole) => void;
}

/** Every column of the file and what becomes of it, with a menu to change that. */
export function ReceiptColumns({ receipt, disabled, onChange }: Props): ReactNode {
  const t = useTranslations("imports");
  const formats = useFormats();
  const columns: Column<ReceiptColumn>[] = [
    { id: "name", header: t("column"), cell: ({ path }) => <span className="font-mono text-xs">{path}</span> },
    {
      id: "role",
      header: t("becomes"),
      cell: (column) => <RoleMenu column={column} disabled={disabled} onChange={onChange} />,
    },
    { id: "rows", header: t("filled"), numeric: true, cell: ({ rows }) => formats.number(rows) },
    {
      id: "example",
      header: t("example"),
      wrap: true,
      cell: ({ example }) => <span className="line-clamp-2 max-w-96 min-w-40 text-xs text-ink-2">{example}</span>,
    },
  ];
  return (
    <div className="rounded-lg border border-line bg-surface">
      <Table label={t("columnsLabel")} columns={columns} rows={receipt.columns} rowKey={({ path }) => path} />
    </div>
  );
}

interface RoleMenuProps {
  readonly column: ReceiptColumn;
  readonly disabled: boolean;
  readonly onChange: Props["onChange"];
}

function RoleMenu({ column, disabled, onChange }: RoleMenuProps): ReactNode {
  const t = useTranslations("imports");
  const { path, role } = column;
  // What lies inside the entries of a list is named in the mapping's own text.
  if (path.includes(".*.")) return <span className="text-xs text-ink-3">{t(`roles.${role}`)}</span>;
  const roles: readonly ColumnRole[] = choosableRoles.some((one) => one === role)
    ? choosableRoles
    : [role, ...choosableRoles];
  return (
    <Select
      aria-label={t("roleOf", { column: path })}
      className="w-36"
      value={role}
      disabled={disabled}
      onChange={(event) => {
        const chosen = roles.find((one) => one === event.target.value);
        if (chosen) onChange(path, chosen);
      }}
    >
      {roles.map((one) => (
        <option key={one} value={one}>
          {t(`roles.${one}`)}
        </option>
      ))}
    </Select>
  );
}
