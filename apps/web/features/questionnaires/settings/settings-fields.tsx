"use client";
import type { QuestionKind } from "@touchstone/contracts";
import type { ReactNode } from "react";
import { Checkbox } from "../../../components/forms/checkbox.tsx";
import type { FieldError } from "../../../components/forms/field-errors.ts";
import { SettingControl } from "./setting-control.tsx";
import type { Setting, SettingField } from "./setting-fields.ts";
import { SettingRows } from "./setting-rows.tsx";
import { useSettingWords } from "./use-setting-words.ts";

export interface SettingsProps {
  readonly kind: QuestionKind;
  readonly fields: readonly SettingField[];
  readonly settings: Readonly<Record<string, Setting>>;
  /** Where the settings stand in the form, as its faults name it. */
  readonly path: string;
  readonly errors: Readonly<Record<string, FieldError>>;
  readonly onChange: (settings: Record<string, Setting>) => void;
}

/** A field for each setting, by its shape. */
export function SettingsFields({ kind, fields, settings, path, errors, onChange }: SettingsProps): ReactNode {
  const words = useSettingWords(kind);
  return fields.map(({ name, shape }) => {
    const value = settings[name] ?? null;
    const at = `${path}.${name}`;
    const change = (changed: Setting): void => onChange({ ...settings, [name]: changed });
    switch (shape.form) {
      case "checkbox":
        return (
          <Checkbox key={name} checked={value === true} onChange={(event) => change(event.target.checked)}>
            {words.label(name)}
          </Checkbox>
        );
      case "group":
        return (
          <fieldset key={name} className="grid gap-3 border-l border-line pl-3">
            <legend className="font-medium">{words.label(name)}</legend>
            <SettingsFields
              kind={kind}
              fields={shape.fields}
              settings={groupOf(value)}
              path={at}
              errors={errors}
              onChange={change}
            />
          </fieldset>
        );
      case "rows":
        return (
          <SettingRows
            key={name}
            label={words.label(name)}
            hint={words.hint(name)}
            fields={shape.fields}
            rows={rowsOf(value)}
            error={errors[at]}
            onChange={change}
            renderRow={(row, place) => (
              <SettingsFields
                kind={kind}
                fields={shape.fields}
                settings={row}
                path={`${at}.${place}`}
                errors={errors}
                onChange={(changed) => change(rowsOf(value).with(place, changed))}
              />
            )}
          />
        );
      default:
        return (
          <SettingControl
            key={name}
            kind={kind}
            name={name}
            shape={shape}
            value={value}
            error={errors[at] ?? firstBelow(errors, at)}
            onChange={change}
          />
        );
    }
  });
}

/** The fault of something inside of a value that is one field here, such as a line of a list. */
function firstBelow(errors: SettingsProps["errors"], path: string): FieldError | undefined {
  return Object.entries(errors).find(([at]) => at.startsWith(`${path}.`))?.[1];
}

function rowsOf(value: Setting): Record<string, Setting>[] {
  return Array.isArray(value) ? value.map(groupOf) : [];
}

function groupOf(value: Setting): Record<string, Setting> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
