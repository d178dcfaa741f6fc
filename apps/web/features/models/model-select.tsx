"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Field, Select } from "../../components/forms/field.tsx";
import type { FieldError } from "../../components/forms/field-errors.ts";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { ModelOptions } from "./model-options.tsx";
import type { ModelChoice } from "./use-model-choice.ts";

interface ModelSelectProps {
  readonly kind: "policy" | "reward";
  readonly name: string;
  readonly label: string;
  readonly choice: ModelChoice;
  readonly error?: FieldError | undefined;
  /** Said below it where all models on offer are known and none of them can be proposed. */
  readonly noOther?: string;
}

/** The models on offer, newest first, under the names that people know them by. */
export function ModelSelect({ kind, name, label, choice, error, noOther }: ModelSelectProps): ReactNode {
  const t = useTranslations("models");
  const { offered, chosen, choose, failure } = choice;
  const none = offered?.length === 0 ? t(`none.${kind}`) : noOther;
  if (failure && !offered) return <ProblemNotice error={failure.error} onRetry={failure.retry} />;
  return (
    <Field label={label} error={error} hint={offered && !chosen ? none : undefined}>
      <Select name={name} value={chosen?.id ?? ""} onChange={(event) => choose(event.target.value)}>
        {offered && !chosen ? <option value="">–</option> : null}
        <ModelOptions models={offered} />
      </Select>
    </Field>
  );
}
