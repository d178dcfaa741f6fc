"use client";
import { useQueryClient } from "@tanstack/react-query";
import { Preset, RoundDraft } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { Field, Input, Select } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { ModelSelect } from "../models/model-select.tsx";
import { runsQuery } from "./run-queries.ts";

export function LaunchRound({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("runs.round");
  const router = useRouter();
  const client = useQueryClient();
  const form = useSchemaForm({
    schema: RoundDraft,
    send: (body) => api.launchRound({ params: { id: projectId }, body }),
    onDone: ({ runs }) => {
      void client.invalidateQueries({ queryKey: runsQuery(projectId).queryKey });
      if (runs[0]) router.push(`/runs/${runs[0].id}`);
    },
  });
  return (
    <Card title={t("title")} note={t("note")}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          form.submit({
            preset: data.get("preset"),
            policyId: data.get("policyId") ?? undefined,
            evaluationPrompts: Number(data.get("evaluationPrompts")),
            includeSimulated: data.has("includeSimulated"),
            quick: data.has("quick"),
          });
        }}
      >
        <Field label={t("preset")} hint={t("presetHint")} error={form.errors.preset}>
          <Select name="preset" defaultValue="preference">
            {Preset.options.map((preset) => (
              <option key={preset} value={preset}>
                {t(`presets.${preset}`)}
              </option>
            ))}
          </Select>
        </Field>
        <ModelSelect
          kind="policy"
          name="policyId"
          label={t("policy")}
          projectId={projectId}
          error={form.errors.policyId}
        />
        <Field label={t("evaluationPrompts")} error={form.errors.evaluationPrompts}>
          <Input name="evaluationPrompts" type="number" min={5} max={5000} defaultValue={60} />
        </Field>
        <div className="grid">
          <Checkbox name="includeSimulated">{t("includeSimulated")}</Checkbox>
          <Checkbox name="quick">{t("quick")}</Checkbox>
        </div>
        <FormProblem problem={form.problem} />
        <Button type="submit" variant="primary" pending={form.pending} className="justify-self-start">
          {t("submit")}
        </Button>
      </form>
    </Card>
  );
}
