"use client";
import type { ProjectView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Field, Input } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { SettingsGroup, useSettingsForm } from "./settings-group.tsx";

interface SettingsProps {
  readonly project: ProjectView;
}

export function DescriptionSettings({ project }: SettingsProps): ReactNode {
  const t = useTranslations("projects");
  const form = useSettingsForm(project);
  const save = (data: FormData) =>
    form.submit({ name: String(data.get("name")), description: String(data.get("description")) });
  return (
    <SettingsGroup title={t("settings.about")} form={form} onSave={save}>
      <Field label={t("fields.name")} error={form.errors.name}>
        <Input name="name" defaultValue={project.name} />
      </Field>
      <Field label={t("fields.description")} hint={t("fields.descriptionHint")} error={form.errors.description}>
        <Input name="description" defaultValue={project.description} />
      </Field>
    </SettingsGroup>
  );
}

export function LeaseSettings({ project }: SettingsProps): ReactNode {
  const t = useTranslations("projects.settings");
  const form = useSettingsForm(project);
  return (
    <SettingsGroup
      title={t("lease")}
      form={form}
      onSave={(data) => form.submit({ leaseSeconds: Number(data.get("leaseSeconds")) })}
    >
      <Field label={t("leaseSeconds")} hint={t("leaseHint")} error={form.errors.leaseSeconds}>
        <Input name="leaseSeconds" type="number" min={30} defaultValue={project.leaseSeconds} className="w-28" />
      </Field>
    </SettingsGroup>
  );
}

const nextStates = {
  active: ["paused", "ended", "archived"],
  paused: ["active", "ended", "archived"],
  ended: ["active", "archived"],
  archived: ["active"],
} as const;

/** Pausing and archiving, with what each does said beside its button. */
export function StateSettings({ project }: SettingsProps): ReactNode {
  const t = useTranslations("projects.settings");
  const form = useSettingsForm(project);
  return (
    <Card title={t("state.title")}>
      <div className="grid gap-4">
        <p className="text-ink-2">{t(`state.now.${project.state}`)}</p>
        {nextStates[project.state].map((state) => (
          <div key={state} className="grid gap-2">
            <p className="text-sm text-ink-2">{t(`state.effect.${state}`)}</p>
            <Button className="justify-self-start" pending={form.pending} onClick={() => form.submit({ state })}>
              {project.state === "archived" ? t("state.restore") : t(`state.to.${state}`)}
            </Button>
          </div>
        ))}
        <FormProblem problem={form.problem} />
      </div>
    </Card>
  );
}
