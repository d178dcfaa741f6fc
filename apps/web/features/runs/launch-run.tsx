"use client";
import { useQueryClient } from "@tanstack/react-query";
import { RunDraft } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { Field, Input, Select, Textarea } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { ModelSelect } from "../models/model-select.tsx";
import { runQuery, runsQuery } from "./run-queries.ts";
import { defaultSpec, type LaunchKind, launchKinds, needs, readSpec } from "./spec-form.ts";

/** One run with all of its settings: the text holds every default, so that nothing about a run is hidden. */
export function LaunchRun({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("runs");
  const router = useRouter();
  const client = useQueryClient();
  const [kind, setKind] = useState<LaunchKind>("reward");
  const form = useSchemaForm({
    schema: RunDraft,
    send: (body) => api.launchRun({ params: { id: projectId }, body }),
    onDone: (run) => {
      client.setQueryData(runQuery(run.id).queryKey, run);
      void client.invalidateQueries({ queryKey: runsQuery(projectId).queryKey });
      router.push(`/runs/${run.id}`);
    },
  });
  const send = (data: FormData) => {
    const model = (name: string) => (data.get(name) ? { [name]: { modelVersionId: data.get(name) } } : {});
    form.submit({
      kind,
      seed: Number(data.get("seed")),
      spec: readSpec(String(data.get("spec"))),
      includeSimulated: data.has("includeSimulated"),
      ...(needs(kind).policy ? model("policy") : {}),
      ...(needs(kind).reward ? model("reward") : {}),
    });
  };
  // One text holds all settings, so those at fault are named, all of them, below it.
  const namesSettings = Object.keys(form.errors).some((path) => path.startsWith("spec."));
  return (
    <Card title={t("single.title")} note={t("single.note")}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          send(new FormData(event.currentTarget));
        }}
      >
        <Field label={t("columns.kind")} error={form.errors.kind}>
          <Select
            name="kind"
            value={kind}
            onChange={(event) => setKind(launchKinds.find((one) => one === event.target.value) ?? "reward")}
          >
            {launchKinds.map((one) => (
              <option key={one} value={one}>
                {t(`kinds.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        {needs(kind).policy ? (
          <ModelSelect
            kind="policy"
            name="policy"
            label={t("policy")}
            projectId={projectId}
            error={form.errors.policy}
          />
        ) : null}
        {needs(kind).reward ? (
          <ModelSelect
            kind="reward"
            name="reward"
            label={t("reward")}
            projectId={projectId}
            error={form.errors.reward}
          />
        ) : null}
        <Field label={t("seed")} hint={t("seedHint")} error={form.errors.seed}>
          <Input name="seed" type="number" min={0} defaultValue={1} className="w-32" />
        </Field>
        <Field label={t("spec")} hint={t("specHint")} error={form.errors.spec}>
          <Textarea
            key={kind}
            name="spec"
            rows={8}
            spellCheck={false}
            className="font-mono text-xs"
            defaultValue={defaultSpec(kind)}
          />
        </Field>
        <Checkbox name="includeSimulated">{t("round.includeSimulated")}</Checkbox>
        <FormProblem problem={namesSettings ? form.refusal : form.problem} />
        <Button type="submit" pending={form.pending} className="justify-self-start">
          {t("single.submit")}
        </Button>
      </form>
    </Card>
  );
}
