"use client";
import { useQueryClient } from "@tanstack/react-query";
import { Preset, RoundDraft } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { Field, Select } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { PromptsField, useHasTestPrompts } from "../evaluations/prompts-field.tsx";
import { ModelSelect } from "../models/model-select.tsx";
import { areListed, useModelChoice } from "../models/use-model-choice.ts";
import { canLearn } from "./fit-sight.ts";
import { LabelFit, useLabelFit } from "./label-fit.tsx";
import { roundLessons, roundRuns } from "./round-plan.ts";
import { runsQuery } from "./run-queries.ts";
import { RunTime } from "./run-time.tsx";

/** The whole loop at one press: a preset says how, the form from which policy and on how many prompts. */
export function LaunchRound({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("runs.round");
  const router = useRouter();
  const client = useQueryClient();
  const [preset, setPreset] = useState<Preset>("preference");
  const [quick, setQuick] = useState(false);
  const [includeSimulated, setIncludeSimulated] = useState(false);
  const policy = useModelChoice("policy", projectId);
  const hasPrompts = useHasTestPrompts(projectId);
  const fit = useLabelFit({
    projectId,
    modelId: policy.chosen?.id,
    lessons: roundLessons(preset),
    includeSimulated,
  });
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
            preset,
            policyId: policy.chosen?.id,
            evaluationPrompts: Number(data.get("evaluationPrompts")),
            includeSimulated,
            quick,
          });
        }}
      >
        <Field label={t("preset")} hint={t("presetHint")} error={form.errors.preset}>
          <Select name="preset" value={preset} onChange={(event) => setPreset(Preset.parse(event.target.value))}>
            {Preset.options.map((one) => (
              <option key={one} value={one}>
                {t(`presets.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        <ModelSelect kind="policy" name="policyId" label={t("policy")} choice={policy} error={form.errors.policyId} />
        <PromptsField
          projectId={projectId}
          name="evaluationPrompts"
          label={t("evaluationPrompts")}
          error={form.errors.evaluationPrompts}
        />
        <div className="grid">
          <Checkbox
            name="includeSimulated"
            checked={includeSimulated}
            onChange={(event) => setIncludeSimulated(event.target.checked)}
          >
            {t("includeSimulated")}
          </Checkbox>
          <Checkbox name="quick" checked={quick} onChange={(event) => setQuick(event.target.checked)}>
            {t("quick")}
          </Checkbox>
        </div>
        <LabelFit sights={fit} />
        <RunTime projectId={projectId} runs={roundRuns(preset, quick)} />
        <FormProblem problem={form.problem} />
        <Button
          type="submit"
          variant="primary"
          pending={form.pending || !areListed([policy])}
          disabled={!canLearn(fit) || !hasPrompts}
          className="justify-self-start"
        >
          {t("submit")}
        </Button>
      </form>
    </Card>
  );
}
