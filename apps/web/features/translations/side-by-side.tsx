"use client";
import type { ReactNode } from "react";
import { classNames } from "../../components/class-names.ts";
import { Field, Input, Textarea } from "../../components/forms/field.tsx";
import type { FieldError } from "../../components/forms/field-errors.ts";

interface SideBySideProps {
  /** The text in the project's own language. */
  readonly own: string;
  readonly label: string;
  /** Where the own text is the label already. */
  readonly hidesLabel?: boolean;
  readonly hint?: string | undefined;
  readonly language: string;
  /** Of the field in the form. */
  readonly name: string;
  readonly value: string;
  readonly error: FieldError | undefined;
  readonly long?: boolean;
}

/** A text as it is, and beside it the field for its translation; below each other where there is no room. */
export function SideBySide(props: SideBySideProps): ReactNode {
  const { own, label, hidesLabel, hint, language, name, value, error, long } = props;
  return (
    <div
      className={classNames(
        "grid grid-cols-1 gap-x-6 gap-y-1 md:grid-cols-2",
        hidesLabel ? "items-end" : "items-start",
      )}
    >
      <div className="grid min-w-0 gap-1">
        {hidesLabel ? null : <p className="font-medium">{label}</p>}
        <p
          dir="auto"
          className="max-h-96 overflow-y-auto rounded-md bg-sunken px-2.5 py-1.5 text-md whitespace-pre-wrap text-ink-2 [overflow-wrap:anywhere]"
          // Long ones scroll, by keyboard too.
          tabIndex={long ? 0 : undefined}
        >
          {own === "" ? "–" : own}
        </p>
      </div>
      <Field
        label={<span className={hidesLabel ? "sr-only" : undefined}>{`${label} (${language})`}</span>}
        hint={hint}
        error={error}
      >
        {long ? (
          <Textarea name={name} rows={14} dir="auto" lang={language} defaultValue={value} />
        ) : (
          <Input name={name} dir="auto" lang={language} defaultValue={value} />
        )}
      </Field>
    </div>
  );
}
