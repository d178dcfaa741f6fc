"use client";
import { useQueryClient } from "@tanstack/react-query";
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
import { useModelChoice } from "../models/use-model-choice.ts";
import { BestOf } from "./best-of.tsx";
import { evaluationQuery } from "./evaluation-queries.ts";
import { OtherPolicies } from "./other-policies.tsx";
import { PromptsField, useHasTestPrompts } from "./prompts-field.tsx";

/** Two policies, some prompts that neither was trained on, and people who do not know which is which. */
export function NewEvaluation({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("evaluations.create");
  const router = useRouter();
  const client = useQueryClient();
  const candidate = useModelChoice("policy", projectId, { newest: true });
  const baseline = useModelChoice("policy", projectId, { except: candidate.chosen?.id });
  const [others, setOthers] = useState<readonly string[]>([]);
  const [choosing, setChoosing] = useState(false);
  const reward = useModelChoice("reward", projectId);
  const hasPrompts = useHasTestPrompts(projectId);
  const two = [candidate.chosen?.id, baseline.chosen?.id];
  // One that was chosen here and is one of the two now is no other one.
  const otherIds = choosing ? [] : others.filter((id) => !two.includes(id));
  const isSame = !choosing && candidate.chosen !== undefined && candidate.chosen === baseline.chosen;
  const canChoose = !choosing || reward.chosen !== undefined;
  const canCompare = hasPrompts && !isSame && canChoose && baseline.chosen !== undefined;
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
          form.submit({
            candidateId: candidate.chosen?.id,
            baselineId: baseline.chosen?.id,
            otherIds,
            bestOf: choosing ? { samples: Number(data.get("samples")), rewardId: reward.chosen?.id } : null,
            ask: otherIds.length > 0 ? String(data.get("ask")) : "pairs",
            prompts: Number(data.get("prompts")),
            overlap: Number(data.get("overlap")),
          });
        }}
      >
        <ModelSelect
          kind="policy"
          name="candidateId"
          label={t("candidate")}
          choice={candidate}
          error={form.errors.candidateId}
        />
        <ModelSelect
          kind="policy"
          name="baselineId"
          label={t("baseline")}
          choice={baseline}
          error={form.errors.baselineId}
          noOther={t("onlyOne")}
        />
        <BestOf
          on={choosing}
          onChange={setChoosing}
          reward={reward}
          errors={{ samples: form.errors["bestOf.samples"], reward: form.errors["bestOf.rewardId"] }}
        />
        {choosing ? null : (
          <OtherPolicies
            offered={candidate.offered}
            two={two}
            chosen={otherIds}
            onChange={setOthers}
            errors={{ others: form.errors.otherIds, ask: form.errors.ask }}
          />
        )}
        <PromptsField projectId={projectId} name="prompts" label={t("prompts")} error={form.errors.prompts} />
        <Field label={t("overlap")} error={form.errors.overlap}>
          <Input name="overlap" type="number" min={1} max={20} defaultValue={2} />
        </Field>
        <div className="grid justify-items-start gap-3 md:col-span-2">
          {isSame ? (
            <p role="alert" className="text-warn">
              {t("same")}
            </p>
          ) : null}
          <FormProblem problem={form.problem} />
          <Button type="submit" variant="primary" pending={form.pending} disabled={!canCompare}>
            {t("submit")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
