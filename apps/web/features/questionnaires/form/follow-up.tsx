"use client";
import type { AskedWhen } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Checkbox } from "../../../components/forms/checkbox.tsx";
import { FaultText, Field, Select, Textarea } from "../../../components/forms/field.tsx";
import type { FieldError } from "../../../components/forms/field-errors.ts";
import { type ConditionField, type ConditionValue, conditionFields, typedValues } from "./condition-fields.ts";
import type { Entries, QuestionEntry } from "./entries.ts";
import { useConditionWords } from "./use-condition-words.ts";

interface FollowUpProps {
  readonly when: AskedWhen | null;
  /** The questions before this one, which it may follow up on. */
  readonly earlier: Entries;
  readonly path: string;
  readonly errors: Readonly<Record<string, FieldError>>;
  readonly onChange: (when: AskedWhen | null) => void;
}

/** When a question is asked: always, once another one is answered, or where that answer says certain things. */
export function FollowUp({ when, earlier, path, errors, onChange }: FollowUpProps): ReactNode {
  const t = useTranslations("questionnaires.condition");
  const followed = earlier.find(({ key }) => key === when?.question);
  if (earlier.length === 0 && when === null) return null;
  return (
    <>
      <Field label={t("when")} className="sm:col-span-2" error={errors[`${path}.question`] ?? errors[path]}>
        <Select
          value={when?.question ?? ""}
          onChange={(event) => onChange(event.target.value === "" ? null : { question: event.target.value })}
        >
          <option value="">{t("always")}</option>
          {earlier.map(({ key, name }) => (
            <option key={key} value={key}>
              {t("after", { question: name })}
            </option>
          ))}
          {when && !followed ? <option value={when.question}>{t("gone")}</option> : null}
        </Select>
      </Field>
      {when && followed ? (
        <WhereItSays when={when} followed={followed} error={errors[`${path}.is`]} onChange={onChange} />
      ) : null}
    </>
  );
}

interface WhereItSaysProps {
  readonly when: AskedWhen;
  readonly followed: QuestionEntry;
  readonly error: FieldError | undefined;
  readonly onChange: (when: AskedWhen) => void;
}

function WhereItSays({ when, followed, error, onChange }: WhereItSaysProps): ReactNode {
  const t = useTranslations("questionnaires.condition");
  const words = useConditionWords();
  const fields = conditionFields(followed);
  const field = fields.find(({ name }) => name === when.field);
  const { question } = when;
  if (fields.length === 0) return null;
  return (
    <>
      <Field label={t("field")}>
        <Select
          value={field?.name ?? ""}
          onChange={(event) =>
            onChange(event.target.value === "" ? { question } : { question, field: event.target.value })
          }
        >
          <option value="">{t("any")}</option>
          {fields.map(({ name }) => (
            <option key={name} value={name}>
              {words.field(followed, name)}
            </option>
          ))}
        </Select>
      </Field>
      {field ? (
        <Values
          key={`${question} ${field.name}`}
          field={field}
          chosen={when.is ?? []}
          error={error}
          wordOf={(value) => words.value(followed, field.name, value)}
          onChange={(is) => onChange({ question, field: field.name, ...(is.length > 0 ? { is } : {}) })}
        />
      ) : null}
    </>
  );
}

interface ValuesProps {
  readonly field: ConditionField;
  readonly chosen: readonly ConditionValue[];
  readonly error: FieldError | undefined;
  readonly wordOf: (value: ConditionValue) => string;
  readonly onChange: (values: ConditionValue[]) => void;
}

function Values({ field, chosen, error, wordOf, onChange }: ValuesProps): ReactNode {
  const t = useTranslations("questionnaires.condition");
  const { values } = field;
  if (values === "texts" || values === "numbers") {
    return (
      <Field label={t("values")} hint={t("typedHint")} error={error}>
        <Textarea
          rows={3}
          defaultValue={chosen.join("\n")}
          onChange={(event) => onChange(typedValues(event.target.value, values))}
        />
      </Field>
    );
  }
  // What was chosen and is not offered any more can be seen, and unticked.
  const all = [...new Set([...values, ...chosen])];
  return (
    <fieldset className="sm:col-span-2">
      <legend className="font-medium">{t("values")}</legend>
      <div className="flex flex-wrap gap-x-4">
        {all.map((value) => (
          <Checkbox
            key={String(value)}
            checked={chosen.includes(value)}
            onChange={(event) =>
              onChange(all.filter((one) => (one === value ? event.target.checked : chosen.includes(one))))
            }
          >
            {wordOf(value)}
          </Checkbox>
        ))}
      </div>
      <p className="text-xs text-ink-3">{t("valuesHint")}</p>
      <FaultText error={error} />
    </fieldset>
  );
}
