"use client";
import type { ProjectView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { Field, Input } from "../../components/forms/field.tsx";
import { localMoment, momentOf } from "../../components/forms/local-moment.ts";
import { listOf } from "../people/list-of.ts";
import { SettingsGroup, useSettingsForm } from "./settings-group.tsx";

/** Who gets how much of the project's tasks, and by when it is wanted. */
export function AssignmentSettings({ project }: { readonly project: ProjectView }): ReactNode {
  const t = useTranslations("projects.settings.assignment");
  const form = useSettingsForm(project);
  const save = (data: FormData) =>
    form.submit({
      repeatShare: Number(data.get("repeatShare")) / 100,
      dailyLimit: numberOrNull(data.get("dailyLimit")),
      shareLimit: hundredth(numberOrNull(data.get("shareLimit"))),
      parallelLeases: Number(data.get("parallelLeases")),
      dueAt: momentOf(data.get("dueAt")),
      groups: listOf(data.get("groups")),
      languagesOnly: data.get("languagesOnly") !== null,
    });
  return (
    <SettingsGroup title={t("title")} form={form} onSave={save}>
      <Field label={t("repeatShare")} hint={t("repeatShareHint")} error={form.errors.repeatShare}>
        <Percent name="repeatShare" max={50} defaultValue={percent(project.repeatShare)} />
      </Field>
      <Field label={t("dailyLimit")} hint={t("dailyLimitHint")} error={form.errors.dailyLimit}>
        <Input name="dailyLimit" type="number" min={1} defaultValue={project.dailyLimit ?? ""} className="w-28" />
      </Field>
      <Field label={t("shareLimit")} hint={t("shareLimitHint")} error={form.errors.shareLimit}>
        <Percent name="shareLimit" max={100} defaultValue={percent(project.shareLimit)} />
      </Field>
      <Field label={t("parallelLeases")} hint={t("parallelLeasesHint")} error={form.errors.parallelLeases}>
        <Input
          name="parallelLeases"
          type="number"
          min={1}
          max={20}
          defaultValue={project.parallelLeases}
          className="w-28"
        />
      </Field>
      <Field label={t("dueAt")} hint={t("dueAtHint")} error={form.errors.dueAt}>
        <Input name="dueAt" type="datetime-local" defaultValue={localMoment(project.dueAt)} className="w-60" />
      </Field>
      <Field label={t("groups")} hint={t("groupsHint")} error={form.errors.groups}>
        <Input name="groups" defaultValue={project.groups.join(", ")} />
      </Field>
      <Checkbox name="languagesOnly" defaultChecked={project.languagesOnly}>
        {t("languagesOnly")}
      </Checkbox>
    </SettingsGroup>
  );
}

interface PercentProps {
  readonly name: string;
  readonly max: number;
  readonly defaultValue: number | "";
}

const Percent = ({ name, max, defaultValue }: PercentProps): ReactNode => (
  <Input name={name} type="number" min={0} max={max} step="any" defaultValue={defaultValue} className="w-28" />
);

const percent = (share: number | null): number | "" => (share === null ? "" : Number((share * 100).toPrecision(6)));
const hundredth = (number: number | null): number | null => (number === null ? null : number / 100);

/** An empty field asks for no limit. */
function numberOrNull(value: FormDataEntryValue | null): number | null {
  const text = String(value ?? "").trim();
  return text === "" ? null : Number(text);
}
