"use client";
import { isQuestionKind, type Question, questionKinds } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { KeyboardEvent, ReactNode } from "react";
import { Button } from "../../../components/button.tsx";
import { Checkbox } from "../../../components/forms/checkbox.tsx";
import { FaultText, Field, Input, Select } from "../../../components/forms/field.tsx";
import type { FieldError } from "../../../components/forms/field-errors.ts";
import { settingFields } from "../settings/setting-fields.ts";
import { SettingsFields } from "../settings/settings-fields.tsx";
import type { Entries, QuestionEntry } from "./entries.ts";
import { FollowUp } from "./follow-up.tsx";

/** How far a key moves a question, with Alt. */
const stepOf: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };

interface QuestionFieldsProps {
  readonly entry: QuestionEntry;
  /** Counted from 0. */
  readonly place: number;
  readonly count: number;
  readonly earlier: Entries;
  readonly errors: Readonly<Record<string, FieldError>>;
  readonly onChange: (change: Partial<Question>) => void;
  readonly onMove: (by: number) => void;
  readonly onRemove: () => void;
}

/** One question: what it asks, of which kind, how it is set, when it is asked; and where it stands among the others. */
export function QuestionFields({
  entry,
  place,
  count,
  earlier,
  errors,
  onChange,
  onMove,
  onRemove,
}: QuestionFieldsProps): ReactNode {
  const t = useTranslations("questionnaires.form");
  const words = useTranslations("questions.kinds");
  const path = `questions.${place}`;
  const { kind } = entry;
  const byKey = (event: KeyboardEvent): void => {
    const by = stepOf[event.key];
    if (by === undefined || !event.altKey) return;
    event.preventDefault();
    onMove(by);
  };
  return (
    <fieldset
      id={entry.key}
      aria-label={t("question", { place: place + 1 })}
      className="grid min-w-0 gap-4 rounded-lg border border-line bg-surface p-4"
      onKeyDown={byKey}
    >
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <h2 className="mr-auto">{t("question", { place: place + 1 })}</h2>
        {/* Together below the title where they have no room beside it. */}
        <span className="-mr-2 flex gap-2 max-md:-ml-2 max-md:w-full">
          <Button
            variant="ghost"
            aria-label={t("upOf", { place: place + 1 })}
            aria-keyshortcuts="Alt+ArrowUp"
            disabled={place === 0}
            onClick={() => onMove(-1)}
          >
            {t("up")}
          </Button>
          <Button
            variant="ghost"
            aria-label={t("downOf", { place: place + 1 })}
            aria-keyshortcuts="Alt+ArrowDown"
            disabled={place === count - 1}
            onClick={() => onMove(1)}
          >
            {t("down")}
          </Button>
          <Button variant="ghost" aria-label={t("removeOf", { place: place + 1 })} onClick={onRemove}>
            {t("remove")}
          </Button>
        </span>
      </div>
      <Field label={t("text")} hint={t("textHint", { words: words(kind) })} error={errors[`${path}.title`]}>
        <Input value={entry.title} onChange={(event) => onChange({ title: event.target.value })} />
      </Field>
      <div className="grid items-start gap-4 sm:grid-cols-[3fr_2fr]">
        <Field label={t("kind")} error={errors[`${path}.kind`]}>
          <KindSelect value={kind} onChange={(chosen) => onChange({ kind: chosen })} />
        </Field>
        <Field label={t("questionName")} hint={t("questionNameHint")} error={errors[`${path}.name`]}>
          <Input
            value={entry.name}
            autoCapitalize="off"
            spellCheck={false}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        </Field>
      </div>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <SettingsFields
          key={kind}
          kind={kind}
          fields={settingFields(kind)}
          settings={entry.settings}
          path={`${path}.settings`}
          errors={errors}
          onChange={(settings) => onChange({ settings })}
        />
        <FaultText error={errors[`${path}.settings`]} />
        <FollowUp
          when={entry.when}
          earlier={earlier}
          path={`${path}.when`}
          errors={errors}
          onChange={(when) => onChange({ when })}
        />
      </div>
      <Checkbox checked={entry.required} onChange={(event) => onChange({ required: event.target.checked })}>
        {t("required")}
      </Checkbox>
    </fieldset>
  );
}

interface KindSelectProps {
  readonly value: Question["kind"];
  readonly onChange: (kind: Question["kind"]) => void;
}

/** Every kind of question that there is. */
export function KindSelect({ value, onChange }: KindSelectProps): ReactNode {
  const t = useTranslations("projects.asks");
  return (
    <Select value={value} onChange={(event) => isQuestionKind(event.target.value) && onChange(event.target.value)}>
      {Object.keys(questionKinds)
        .filter(isQuestionKind)
        .map((kind) => (
          <option key={kind} value={kind}>
            {t(kind)}
          </option>
        ))}
    </Select>
  );
}
