"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Field, Input } from "../../components/forms/field.tsx";
import type { FieldError } from "../../components/forms/field-errors.ts";
import { evaluationPromptsQuery } from "./evaluation-queries.ts";
import { promptsSight } from "./prompts-sight.ts";

/** Whether there is anything to compare on; true while that is not known. */
export function useHasTestPrompts(projectId: string): boolean {
  return useQuery(evaluationPromptsQuery(projectId)).data?.available !== 0;
}

interface PromptsFieldProps {
  readonly projectId: string;
  readonly name: string;
  readonly label: string;
  readonly error?: FieldError | undefined;
}

/** How many prompts to compare on, with how many there are: more than that can't be asked for. */
export function PromptsField({ projectId, name, label, error }: PromptsFieldProps): ReactNode {
  const t = useTranslations("evaluations.prompts");
  const available = useQuery(evaluationPromptsQuery(projectId)).data?.available;
  const [typed, type] = useState<string | null>(null);
  const { proposed, most, note, wanting } = promptsSight(available, typed === null ? undefined : Number(typed));
  const hint = note && available !== undefined ? t(note, { available, wanting }) : undefined;
  return (
    <Field label={label} hint={hint} error={error}>
      <Input
        name={name}
        type="number"
        min={5}
        max={most}
        value={typed ?? proposed}
        onChange={(event) => type(event.target.value)}
      />
    </Field>
  );
}
