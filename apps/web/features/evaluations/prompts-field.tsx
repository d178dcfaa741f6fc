"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Field, Input } from "../../components/forms/field.tsx";
import type { FieldError } from "../../components/forms/field-errors.ts";
import { evaluationPromptsQuery } from "./evaluation-queries.ts";
import { fewestPrompts, promptsSight } from "./prompts-sight.ts";

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
  const [typed, setTyped] = useState<string | null>(null);
  const asked = typed === null ? undefined : Number(typed);
  const { proposed, most, note, wanting } = promptsSight(available, asked);
  const hint = note && available !== undefined ? t(note, { available, wanting }) : undefined;
  return (
    <Field label={label} hint={hint} error={error}>
      <Input
        name={name}
        type="number"
        min={fewestPrompts}
        max={most}
        value={typed ?? proposed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </Field>
  );
}
