"use client";
import { type ReactNode, useState } from "react";
import { Field, Input } from "../../../components/forms/field.tsx";

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly disabled: boolean;
  readonly onChange: (value: number) => void;
}

/** A whole number, taken when the field is left or Enter is pressed: each costs a reading of the file. */
export function NumberChoice({ label, hint, value, least, most, disabled, onChange }: Props): ReactNode {
  const [text, setText] = useState<string | null>(null);
  const take = (): void => {
    const number = Math.round(Number(text ?? value));
    setText(null);
    const within = Number.isFinite(number) ? Math.min(most, Math.max(least, number)) : value;
    if (text !== null && text.trim() !== "" && within !== value) onChange(within);
  };
  return (
    <Field label={label} className="w-40" {...(hint ? { hint } : {})}>
      <Input
        type="number"
        min={least}
        max={most}
        value={text ?? String(value)}
        disabled={disabled}
        onChange={(event) => setText(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          // Not the form's Enter: nothing is imported by it.
          event.preventDefault();
          take();
        }}
      />
    </Field>
  );
}
