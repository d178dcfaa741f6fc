"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Field, Select } from "../../components/forms/field.tsx";
import type { FieldError } from "../../components/forms/field-errors.ts";
import { useFormats } from "../../components/use-formats.ts";
import { modelsQuery } from "./model-queries.ts";
import { useModelName } from "./use-model-name.ts";

interface ModelSelectProps {
  readonly kind: "policy" | "reward";
  readonly name: string;
  readonly label: string;
  /** Of this project and of the workspace at large (the practice model). */
  readonly projectId: string;
  readonly error?: FieldError | undefined;
  /** Which of the newest-first list is chosen at first. */
  readonly initial?: number;
}

export function ModelSelect({ kind, name, label, projectId, error, initial = 0 }: ModelSelectProps): ReactNode {
  const t = useTranslations("models");
  const formats = useFormats();
  const nameOf = useModelName();
  const models = useQuery(modelsQuery(kind));
  const offered = (models.data?.items ?? []).filter(
    (model) => model.projectId === null || model.projectId === projectId,
  );
  return (
    <Field label={label} error={error} hint={models.data && offered.length === 0 ? t(`none.${kind}`) : undefined}>
      {/* A select keeps its first choice, so it is made anew when the list arrives. */}
      <Select key={offered.length} name={name} defaultValue={(offered[initial] ?? offered[0])?.id}>
        {offered.map((model) => (
          <option key={model.id} value={model.id}>
            {nameOf(model)} · {formats.dateTime(model.createdAt)}
          </option>
        ))}
      </Select>
    </Field>
  );
}
