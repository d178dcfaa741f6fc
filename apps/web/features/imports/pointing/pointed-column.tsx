"use client";
import { type ColumnConflict, type ColumnRole, choosableRoles, type ReceiptColumn } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { Select } from "../../../components/forms/field.tsx";

interface Props {
  readonly column: ReceiptColumn;
  readonly role: ColumnRole;
  /** Whether it was left out by name. */
  readonly ignored: boolean;
  readonly conflicts: readonly ColumnConflict[];
  /** Rows of the file. */
  readonly rows: number;
  readonly disabled: boolean;
  readonly onChange: (role: ColumnRole) => void;
}

/** A column's name, a menu of what it can be, and below it what comes of that. */
export function PointedColumn({ column, role, ignored, conflicts, rows, disabled, onChange }: Props): ReactNode {
  const t = useTranslations("imports");
  const words = useTranslations("mapping");
  const id = useId();
  const roles: readonly ColumnRole[] = choosableRoles.some((one) => one === role)
    ? choosableRoles
    : [role, ...choosableRoles];
  const stops = conflicts.some((one) => one.stops);
  const fate = fateOf(role, ignored);
  return (
    <div className="grid w-44 content-start gap-1 whitespace-normal text-ink">
      <span className="font-mono text-xs [overflow-wrap:anywhere]">{shownPath(column.path)}</span>
      <Select
        aria-label={t("roleOf", { column: column.path })}
        aria-describedby={id}
        {...(stops ? { "aria-invalid": true as const } : {})}
        value={role}
        disabled={disabled}
        onChange={(event) => {
          const chosen = roles.find((one) => one === event.target.value);
          if (chosen) onChange(chosen);
        }}
      >
        {roles.map((one) => (
          <option key={one} value={one}>
            {t(`roles.${one}`)}
          </option>
        ))}
      </Select>
      <div id={id} className="grid gap-1 text-xs text-ink-3">
        {column.rows < rows ? <span>{words("filled", { rows: column.rows, of: rows })}</span> : null}
        {fate ? <span>{words(fate)}</span> : null}
        {conflicts.map((one) => (
          <span key={one.code} className={one.stops ? "flex items-baseline gap-1.5 text-warn" : "text-ink-2"}>
            {one.stops ? <i aria-hidden="true" className="mark" data-state="attention" /> : null}
            <span>
              {words(`conflicts.${one.code}`, {
                other: shownPath(one.values.other ?? ""),
                count: one.values.count ?? 0,
                expected: one.values.expected ?? 0,
              })}
            </span>
          </span>
        ))}
      </div>
    </div>
  );
}

/** What lies in every entry of a list is shown as people write it: `turns[].text`. */
const shownPath = (path: string): string => path.replaceAll(".*.", "[].");

function fateOf(role: ColumnRole, ignored: boolean) {
  if (role === "unused") return ignored ? "leftOutByName" : "notImported";
  if (role === "metadata") return "keptBeside";
  return role === "kept" ? "keptByReader" : null;
}
