"use client";
import type { EndpointView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { Field, Input, Select, Textarea } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { EndpointSelect } from "../endpoints/endpoint-select.tsx";
import { ModelSelect } from "../models/model-select.tsx";
import { areListed, useModelChoice } from "../models/use-model-choice.ts";
import { canLearn } from "./fit-sight.ts";
import { LabelFit, useLabelFit } from "./label-fit.tsx";
import { lessonsOf } from "./run-lessons.ts";
import { isTree } from "./run-siblings.ts";
import { RunTime } from "./run-time.tsx";
import {
  defaultSpec,
  endpointSpec,
  type LaunchKind,
  launchKinds,
  learnsFromJudgements,
  modelsNamed,
  needs,
  readSpec,
  recipeOf,
  recipeSpec,
  rewardRecipes,
} from "./spec-form.ts";
import { useLaunch } from "./use-launch.ts";

/** One run with all of its settings: the text holds every default, so that nothing about a run is hidden. */
export function LaunchRun({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("runs");
  const [kind, setKind] = useState<LaunchKind>("reward");
  const [spec, setSpec] = useState(defaultSpec("reward"));
  const [endpoint, setEndpoint] = useState<EndpointView | null>(null);
  const [includeSimulated, setIncludeSimulated] = useState(false);
  const policy = useModelChoice("policy", projectId);
  const reward = useModelChoice("reward", projectId);
  const asksPolicy = needs(kind).policy && endpoint === null;
  const isListed = areListed([...(asksPolicy ? [policy] : []), ...(needs(kind).reward ? [reward] : [])]);
  const settings = readSpec(spec);
  const fit = useLabelFit({
    projectId,
    modelId: policy.chosen?.id,
    lessons: lessonsOf(kind, settings),
    includeSimulated,
  });
  const form = useLaunch(projectId);
  const send = (seed: number): void => {
    const models =
      endpoint === null
        ? modelsNamed(kind, { policy: policy.chosen?.id, reward: reward.chosen?.id })
        : { endpointId: endpoint.id };
    const simulated = includeSimulated && learnsFromJudgements(kind);
    form.submit({ kind, seed, spec: settings, includeSimulated: simulated, ...models });
  };
  // One text holds all settings, so those at fault are named, all of them, below it.
  const namesSettings = Object.keys(form.errors).some((path) => path.startsWith("spec."));
  // The schema can only say that a text is no list of settings.
  const isNoJson = typeof settings === "string" && form.errors.spec !== undefined;
  const specError = isNoJson ? ({ key: "said", message: t("specNotJson") } as const) : form.errors.spec;
  const chooseKind = (name: string): void => {
    const chosen = launchKinds.find((one) => one === name) ?? "reward";
    setKind(chosen);
    setEndpoint(null);
    setSpec(defaultSpec(chosen));
  };
  const chooseEndpoint = (chosen: EndpointView | null): void => {
    setEndpoint(chosen);
    setSpec(chosen === null ? defaultSpec(kind) : endpointSpec(chosen.sampling));
  };
  const recipe = recipeOf(settings);
  const chooseRecipe = (name: string): void => {
    setSpec(recipeSpec(rewardRecipes.find((one) => one === name) ?? "network"));
  };
  return (
    <Card title={t("single.title")} note={t("single.note")}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          send(Number(new FormData(event.currentTarget).get("seed")));
        }}
      >
        <Field label={t("columns.kind")} error={form.errors.kind}>
          <Select name="kind" value={kind} onChange={(event) => chooseKind(event.target.value)}>
            {launchKinds.map((one) => (
              <option key={one} value={one}>
                {t(`kinds.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        {kind === "generate" ? (
          <EndpointSelect chosen={endpoint} onChoose={chooseEndpoint} error={form.errors.endpointId} />
        ) : null}
        {asksPolicy ? (
          <ModelSelect kind="policy" name="policy" label={t("policy")} choice={policy} error={form.errors.policy} />
        ) : null}
        {needs(kind).reward ? (
          <ModelSelect kind="reward" name="reward" label={t("reward")} choice={reward} error={form.errors.reward} />
        ) : null}
        {kind === "reward" && policy.chosen ? (
          <Field label={t("recipe.label")} hint={t(`recipe.hints.${recipe}`)}>
            <Select name="recipe" value={recipe} onChange={(event) => chooseRecipe(event.target.value)}>
              {rewardRecipes.map((one) => (
                <option key={one} value={one}>
                  {t(`recipe.names.${one}`)}
                </option>
              ))}
            </Select>
          </Field>
        ) : null}
        <Field label={t("seed")} hint={t("seedHint")} error={form.errors.seed}>
          <Input name="seed" type="number" min={0} defaultValue={1} className="w-32" />
        </Field>
        <Field label={t("spec")} hint={t("specHint")} error={specError}>
          <Textarea
            name="spec"
            rows={8}
            spellCheck={false}
            className="font-mono text-xs"
            value={spec}
            onChange={(event) => setSpec(event.target.value)}
          />
        </Field>
        {learnsFromJudgements(kind) ? (
          <Checkbox
            name="includeSimulated"
            checked={includeSimulated}
            onChange={(event) => setIncludeSimulated(event.target.checked)}
          >
            {t("round.includeSimulated")}
          </Checkbox>
        ) : null}
        <LabelFit sights={fit} />
        <RunTime projectId={projectId} runs={[{ kind, settings: isTree(settings) ? settings : {} }]} />
        <FormProblem problem={namesSettings ? form.refusal : form.problem} />
        <Button
          type="submit"
          pending={form.pending || !isListed}
          disabled={!canLearn(fit)}
          className="justify-self-start"
        >
          {t("single.submit")}
        </Button>
      </form>
    </Card>
  );
}
