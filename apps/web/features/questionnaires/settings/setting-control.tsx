"use client";
import type { QuestionKind } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Field, Input, Select, Textarea } from "../../../components/forms/field.tsx";
import type { FieldError } from "../../../components/forms/field-errors.ts";
import type { Setting, SettingShape } from "./setting-fields.ts";
import { useSettingWords } from "./use-setting-words.ts";

type OneControl = Exclude<SettingShape, { readonly form: "checkbox" | "group" | "rows" }>;

interface SettingControlProps {
  readonly kind: QuestionKind;
  readonly name: string;
  readonly shape: OneControl;
  readonly value: Setting;
  readonly error: FieldError | undefined;
  readonly onChange: (value: Setting) => void;
}

/** A setting that one control holds, with its label, its hint and what is wrong with it. */
export function SettingControl({ kind, name, shape, error, ...rest }: SettingControlProps): ReactNode {
  const t = useTranslations("questionnaires");
  const words = useSettingWords(kind);
  const ofForm = { lines: t("linesHint"), json: t("jsonHint"), number: "", choice: "", text: "" }[shape.form];
  const hint = [words.hint(name), ofForm].filter(Boolean).join(" ");
  return (
    <Field label={words.label(name)} hint={hint} error={error}>
      <Control kind={kind} shape={shape} {...rest} />
    </Field>
  );
}

type ControlProps = Pick<SettingControlProps, "kind" | "shape" | "value" | "onChange">;

function Control({ kind, shape, value, onChange }: ControlProps): ReactNode {
  switch (shape.form) {
    case "number":
      return (
        <Input
          type="number"
          inputMode="decimal"
          className="w-28"
          min={shape.least}
          max={shape.most}
          value={typeof value === "number" ? value : ""}
          onChange={(event) => onChange(event.target.value === "" ? null : Number(event.target.value))}
        />
      );
    case "choice":
      return <ChoiceControl kind={kind} shape={shape} value={value} onChange={onChange} />;
    case "text":
      return (
        <Input
          value={typeof value === "string" ? value : ""}
          onChange={(event) => onChange(event.target.value === "" && shape.nullable ? null : event.target.value)}
        />
      );
    case "lines":
      return <LinesControl value={value} onChange={onChange} />;
    case "json":
      return <JsonControl value={value} onChange={onChange} />;
  }
}

interface ChoiceControlProps extends ControlProps {
  readonly shape: Extract<SettingShape, { readonly form: "choice" }>;
}

function ChoiceControl({ kind, shape, value, onChange }: ChoiceControlProps): ReactNode {
  const t = useTranslations("questionnaires");
  const words = useSettingWords(kind);
  return (
    <Select
      value={value === null ? "" : String(value)}
      onChange={(event) => onChange(shape.options.find((option) => String(option) === event.target.value) ?? null)}
    >
      {shape.nullable ? <option value="">{t("nothing")}</option> : null}
      {shape.options.map((option) => (
        <option key={option} value={String(option)}>
          {words.value(option)}
        </option>
      ))}
    </Select>
  );
}

/** Keeps what is typed as it is typed; a line without anything on it is none. */
function LinesControl({ value, onChange }: Pick<ControlProps, "value" | "onChange">): ReactNode {
  const [text, setText] = useState(() => (Array.isArray(value) ? value.join("\n") : ""));
  return (
    <Textarea
      rows={4}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        onChange(event.target.value.split("\n").filter((line) => line.trim() !== ""));
      }}
    />
  );
}

/** What cannot be read is handed on as text, and the schema then says what it wants. */
function JsonControl({ value, onChange }: Pick<ControlProps, "value" | "onChange">): ReactNode {
  const [text, setText] = useState(() => JSON.stringify(value, null, 2));
  return (
    <Textarea
      rows={4}
      spellCheck={false}
      className="font-mono text-xs"
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        onChange(readJson(event.target.value));
      }}
    />
  );
}

function readJson(text: string): Setting {
  try {
    const read: Setting = JSON.parse(text);
    return read;
  } catch {
    return text;
  }
}
