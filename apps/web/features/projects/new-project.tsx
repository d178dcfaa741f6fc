"use client";
import { useQueryClient } from "@tanstack/react-query";
import { ProjectDraft } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Field, Input, Textarea } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { PageHead } from "../../components/page-head.tsx";
import { WorkspaceFrame } from "../shell/workspace-frame.tsx";
import { projectQuery, projectsQuery } from "./project-queries.ts";

export function NewProject(): ReactNode {
  const t = useTranslations("projects");
  const router = useRouter();
  const client = useQueryClient();
  const form = useSchemaForm({
    schema: ProjectDraft,
    send: (body) => api.createProject({ body }),
    onDone: (project) => {
      client.setQueryData(projectQuery(project.id).queryKey, project);
      void client.invalidateQueries({ queryKey: projectsQuery.queryKey });
      router.push(`/projects/${project.id}/import`);
    },
  });
  const send = (data: FormData) =>
    form.submit({
      name: data.get("name"),
      description: data.get("description"),
      guideline: data.get("guideline"),
      overlap: Number(data.get("overlap")),
    });
  return (
    <WorkspaceFrame
      crumbs={[
        { label: t("title"), href: "/projects" },
        { label: t("create"), href: "/projects/new" },
      ]}
    >
      <PageHead title={t("create")} />
      <form
        noValidate
        className="grid max-w-read gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          send(new FormData(event.currentTarget));
        }}
      >
        <Field label={t("fields.name")} error={form.errors.name}>
          <Input name="name" autoFocus />
        </Field>
        <Field label={t("fields.description")} hint={t("fields.descriptionHint")} error={form.errors.description}>
          <Input name="description" />
        </Field>
        <Field label={t("fields.guideline")} hint={t("fields.guidelineHint")} error={form.errors.guideline}>
          <Textarea name="guideline" rows={6} />
        </Field>
        <Field label={t("fields.overlap")} hint={t("fields.overlapHint")} error={form.errors.overlap}>
          <Input name="overlap" type="number" min={1} max={100} defaultValue={3} className="w-24" />
        </Field>
        <FormProblem problem={form.problem} />
        <Button type="submit" variant="primary" pending={form.pending} className="justify-self-start px-5">
          {t("make")}
        </Button>
      </form>
    </WorkspaceFrame>
  );
}
