"use client";
import { useQuery } from "@tanstack/react-query";
import { OverlapPreviewQuery, type ProjectView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Field, Input } from "../../components/forms/field.tsx";
import { overlapPreviewQuery } from "./project-queries.ts";
import { SettingsGroup, useSettingsForm } from "./settings-group.tsx";

/** How many people judge a task, also a task already there; what a change would do is said before it is saved. */
export function OverlapSettings({ project }: { readonly project: ProjectView }): ReactNode {
  const t = useTranslations("projects");
  const form = useSettingsForm(project);
  const [typed, setTyped] = useState(String(project.overlap));
  const wanted = OverlapPreviewQuery.safeParse({ overlap: typed }).data?.overlap ?? project.overlap;
  const differs = wanted !== project.overlap;
  const preview = useQuery({ ...overlapPreviewQuery(project.id, wanted), enabled: differs }).data;
  return (
    <SettingsGroup title={t("fields.overlap")} form={form} onSave={() => form.submit({ overlap: Number(typed) })}>
      <Field label={t("fields.overlap")} hint={t("fields.overlapHint")} error={form.errors.overlap}>
        <Input
          name="overlap"
          type="number"
          min={1}
          max={100}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="w-24"
        />
      </Field>
      <p role="status" className="text-sm text-ink-2">
        {differs && preview ? t("settings.overlapEffect", { from: project.overlap, to: wanted, ...preview }) : ""}
      </p>
    </SettingsGroup>
  );
}
