"use client";
import { useQueryClient } from "@tanstack/react-query";
import { ProjectChange, type ProjectView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { guidelinesQuery, projectQuery, projectsQuery } from "./project-queries.ts";

/** A form for some of a project's settings, checked by the schema by which the API checks them. */
export function useSettingsForm(project: ProjectView) {
  const client = useQueryClient();
  const [saved, setSaved] = useState(false);
  const form = useSchemaForm({
    schema: ProjectChange,
    send: (body) => api.changeProject({ params: { id: project.id }, body }),
    onDone: (changed) => {
      client.setQueryData(projectQuery(project.id).queryKey, changed);
      void client.invalidateQueries({ queryKey: projectsQuery.queryKey });
      void client.invalidateQueries({ queryKey: guidelinesQuery(project.id).queryKey });
      void client.invalidateQueries({ queryKey: ["project", project.id] });
      setSaved(true);
    },
  });
  const submit = (values: ProjectChange) => {
    setSaved(false);
    form.submit(values);
  };
  return { ...form, submit, saved: saved && !form.pending };
}

interface SettingsGroupProps {
  readonly title: string;
  readonly form: ReturnType<typeof useSettingsForm>;
  readonly onSave: (data: FormData) => void;
  readonly children: ReactNode;
}

/** One group of settings with its own button, and a word when it is saved. */
export function SettingsGroup({ title, form, onSave, children }: SettingsGroupProps): ReactNode {
  const t = useTranslations("projects.settings");
  return (
    <Card title={title}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          onSave(new FormData(event.currentTarget));
        }}
      >
        {children}
        <FormProblem problem={form.problem} />
        <div className="flex items-center gap-3">
          <Button type="submit" pending={form.pending}>
            {t("save")}
          </Button>
          <span role="status" className="text-sm text-ink-2">
            {form.saved ? t("saved") : ""}
          </span>
        </div>
      </form>
    </Card>
  );
}
