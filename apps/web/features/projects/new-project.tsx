"use client";
import { useQueryClient } from "@tanstack/react-query";
import { ProjectDraft, type ProjectView, type TemplateView } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { Field, Input, Textarea } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { PageHead } from "../../components/page-head.tsx";
import { ProjectOfArchive } from "../archives/project-of-archive.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { WorkspaceFrame } from "../shell/workspace-frame.tsx";
import { TemplateChoice } from "../templates/template-choice.tsx";
import { ProjectOfFile } from "./project-of-file.tsx";
import { projectQuery, projectsQuery } from "./project-queries.ts";

/** A project of a form, of a template that fills it in, or of a file. */
export function NewProject(): ReactNode {
  const t = useTranslations("projects");
  const router = useRouter();
  const client = useQueryClient();
  const admin = useHasRole("admin");
  const goTo = (project: ProjectView, room: "" | "/import"): void => {
    client.setQueryData(projectQuery(project.id).queryKey, project);
    void client.invalidateQueries({ queryKey: projectsQuery.queryKey });
    router.push(`/projects/${project.id}${room}`);
  };
  return (
    <WorkspaceFrame
      crumbs={[
        { label: t("title"), href: "/projects" },
        { label: t("create"), href: "/projects/new" },
      ]}
    >
      <PageHead title={t("create")} />
      <div className="grid grid-cols-1 gap-8">
        {/* With examples there is something to judge already; without, a file comes next. */}
        <ProjectForm onMade={(project, ready) => goTo(project, ready ? "" : "/import")} />
        <ProjectOfFile onMade={(project) => goTo(project, "")} />
        {admin ? <ProjectOfArchive /> : null}
      </div>
    </WorkspaceFrame>
  );
}

interface ProjectFormProps {
  /** @param ready whether it has tasks to judge */
  readonly onMade: (project: ProjectView, ready: boolean) => void;
}

function ProjectForm({ onMade }: ProjectFormProps): ReactNode {
  const t = useTranslations("projects");
  const language = useLocale();
  const [template, setTemplate] = useState<TemplateView | null>(null);
  const [guideline, setGuideline] = useState("");
  const [examples, setExamples] = useState(true);
  const form = useSchemaForm({
    schema: ProjectDraft,
    send: (body) => api.createProject({ body }),
    onDone: (project) => onMade(project, template !== null && examples),
  });
  const choose = (chosen: TemplateView | null): void => {
    // What somebody has written stays; what another template brought does not.
    if (guideline === "" || guideline === template?.guideline) setGuideline(chosen?.guideline ?? "");
    setTemplate(chosen);
  };
  const send = (data: FormData) =>
    form.submit({
      name: data.get("name"),
      description: data.get("description"),
      guideline,
      overlap: Number(data.get("overlap")),
      ...(template ? { language, template: { name: template.name, language, examples } } : {}),
    });
  return (
    <form
      noValidate
      className="grid grid-cols-1 gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        send(new FormData(event.currentTarget));
      }}
    >
      <TemplateChoice chosen={template} onChoose={choose} />
      <div className="grid max-w-read gap-4">
        {template ? (
          <Checkbox checked={examples} onChange={(event) => setExamples(event.target.checked)}>
            {t("templates.examples", { count: template.examples })}
          </Checkbox>
        ) : null}
        <Field label={t("fields.name")} error={form.errors.name}>
          <Input name="name" autoFocus />
        </Field>
        <Field label={t("fields.description")} hint={t("fields.descriptionHint")} error={form.errors.description}>
          <Input name="description" />
        </Field>
        <Field label={t("fields.guideline")} hint={t("fields.guidelineHint")} error={form.errors.guideline}>
          <Textarea
            name="guideline"
            rows={template ? 12 : 6}
            value={guideline}
            onChange={(event) => setGuideline(event.target.value)}
          />
        </Field>
        <Field label={t("fields.overlap")} hint={t("fields.overlapHint")} error={form.errors.overlap}>
          <Input name="overlap" type="number" min={1} max={100} defaultValue={3} className="w-24" />
        </Field>
        <FormProblem problem={form.problem} />
        <Button type="submit" variant="primary" pending={form.pending} className="justify-self-start px-5">
          {t("make")}
        </Button>
      </div>
    </form>
  );
}
