"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { FaultText } from "../../../components/forms/field.tsx";
import type { FieldError } from "../../../components/forms/field-errors.ts";
import { blankRow, type Setting, type SettingField } from "./setting-fields.ts";

interface SettingRowsProps {
  readonly label: string;
  readonly hint: string | undefined;
  readonly fields: readonly SettingField[];
  readonly rows: readonly Record<string, Setting>[];
  readonly error: FieldError | undefined;
  readonly onChange: (rows: Record<string, Setting>[]) => void;
  /** The fields of one row. */
  readonly renderRow: (row: Record<string, Setting>, place: number) => ReactNode;
}

/** A list whose entries have several fields each: one below the other, with a way to add and to remove. */
export function SettingRows({ label, hint, fields, rows, error, onChange, renderRow }: SettingRowsProps): ReactNode {
  const t = useTranslations("questionnaires.rows");
  // Rows have nothing of their own that stays while they are typed, so each gets a key here when it comes.
  const [keys, setKeys] = useState(() => rows.map((_, index) => index));
  const add = (): void => {
    setKeys([...keys, 1 + Math.max(-1, ...keys)]);
    onChange([...rows, blankRow(fields)]);
  };
  const remove = (place: number): void => {
    setKeys(keys.toSpliced(place, 1));
    onChange(rows.toSpliced(place, 1));
  };
  return (
    <fieldset className="col-span-full grid gap-3">
      <legend className="font-medium">{label}</legend>
      {hint ? <p className="text-xs text-ink-3">{hint}</p> : null}
      {rows.map((row, index) => (
        <fieldset
          key={keys[index]}
          aria-label={t("nth", { label, place: index + 1 })}
          className="grid items-start gap-3 border-l border-line pl-3 sm:grid-cols-[repeat(auto-fit,minmax(9rem,1fr))]"
        >
          {renderRow(row, index)}
          <Button variant="ghost" className="justify-self-start" onClick={() => remove(index)}>
            {t("remove", { place: index + 1 })}
          </Button>
        </fieldset>
      ))}
      <FaultText error={error} />
      <Button className="justify-self-start" onClick={add}>
        {t("add")}
      </Button>
    </fieldset>
  );
}
