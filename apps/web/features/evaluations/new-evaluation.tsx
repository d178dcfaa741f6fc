"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { EvaluationDraft } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Field, Input } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { ModelSelect } from "../models/model-select.tsx";
import { evaluationPromptsQuery, evaluationQuery } from "./evaluation-queries.ts";

/** Two policies, some prompts that neither was trained on, and people who do not know which is which. */
export function NewEvaluation({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("evaluations.create");
  const router = useRouter();
  const client = useQueryClient();
  const prompts = useQuery(evaluationPromptsQuery(projectId));
  const available = prompts.data?.available;
  const [same, setSame] = useState(false);
  const form = useSchemaForm({
    schema: EvaluationDraft,
    send: (body) => api.createEvaluation({ params: { id: projectId }, body }),
    onDone: (evaluation) => {
      client.setQueryData(evaluationQuery(evaluation.id).queryKey, evaluation);
      router.push(`/evaluations/${evaluation.id}`);
    },
  });
  return (
    <Card title={t("title")} note={t("note")}>
      <form
        noValidate
        className="grid gap-4 md:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          const itself = data.get("candidateId") !== null && data.get("candidateId") === data.get("baselineId");
          setSame(itself);
          if (itself) return;
          form.submit({
            candidateId: data.get("candidateId") ?? undefined,
            baselineId: data.get("baselineId") ?? undefined,
            prompts: Number(data.get("prompts")),
            overlap: Number(data.get("overlap")),
          });
        }}
      >
        <ModelSelect
          kind="policy"
          name="candidateId"
          label={t("candidate")}
          projectId={projectId}
          error={form.errors.candidateId}
        />
        <ModelSelect
          kind="policy"
          name="baselineId"
          label={t("baseline")}
          projectId={projectId}
          error={form.errors.baselineId}
          initial={1}
        />
        <Field
          label={t("prompts")}
          hint={available === undefined ? undefined : t("available", { available })}
          error={form.errors.prompts}
        >
          <Input
            key={available}
            name="prompts"
            type="number"
            min={5}
            max={Math.max(5, available ?? 5000)}
            defaultValue={Math.max(5, Math.min(60, available ?? 60))}
          />
        </Field>
        <Field label={t("overlap")} error={form.errors.overlap}>
          <Input name="overlap" type="number" min={1} max={20} defaultValue={2} />
        </Field>
        <div className="grid justify-items-start gap-3 md:col-span-2">
          {same ? (
            <p role="alert" className="text-warn">
              {t("same")}
            </p>
          ) : null}
          <FormProblem problem={form.problem} />
          <Button type="submit" variant="primary" pending={form.pending} disabled={available === 0}>
            {t("submit")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
