"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { Input, Select } from "../../components/forms/field.tsx";

interface ChoiceProps {
  readonly label: string;
  readonly value: string | undefined;
  /** Value and name. */
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
  /** What it says where none is chosen. */
  readonly none?: string;
}

/** One of some values, or any. */
export function Choice({ label, value, options, onChange, none }: ChoiceProps): ReactNode {
  const t = useTranslations("browse");
  const id = useId();
  // What an address asks for stands in the list, also where it is none of the choices any more.
  const known = value === undefined || options.some(([one]) => one === value);
  return (
    <label htmlFor={id} className="grid min-w-0 gap-0.5 text-xs text-ink-3">
      {label}
      <Select
        id={id}
        className="w-full text-ink"
        value={value ?? ""}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{none ?? t("any")}</option>
        {known ? null : <option value={value}>{value}</option>}
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </Select>
    </label>
  );
}

interface DayProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (day: string) => void;
}

export function Day({ label, value, onChange }: DayProps): ReactNode {
  const id = useId();
  return (
    <label htmlFor={id} className="grid min-w-0 gap-0.5 text-xs text-ink-3">
      {label}
      <Input
        id={id}
        type="date"
        className="w-full text-ink"
        value={value}
        suppressHydrationWarning
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
