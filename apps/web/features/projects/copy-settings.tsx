"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ProjectCopyDraft, type ProjectView } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Field, Input, Select } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { fileNameOf } from "./project-file.ts";
import { figuresQuery, projectQuery, projectsQuery } from "./project-queries.ts";

/** The project once more: as another one here, with what is taken counted before, or as a file for another installation. */
export function CopySettings({ project }: { readonly project: ProjectView }): ReactNode {
  const t = useTranslations("projects.copy");
  return (
    <Card title={t("title")}>
      <div className="grid gap-5">
        <Duplicate project={project} />
        <SaveAsFile project={project} />
      </div>
    </Card>
  );
}

function Duplicate({ project }: { readonly project: ProjectView }): ReactNode {
  const t = useTranslations("projects");
  const router = useRouter();
  const client = useQueryClient();
  const figures = useQuery(figuresQuery(project.id)).data;
  const form = useSchemaForm({
    schema: ProjectCopyDraft,
    send: (body) => api.copyProject({ params: { id: project.id }, body }),
    onDone: (made) => {
      client.setQueryData(projectQuery(made.id).queryKey, made);
      void client.invalidateQueries({ queryKey: projectsQuery.queryKey });
      router.push(`/projects/${made.id}`);
    },
  });
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        form.submit(Object.fromEntries(new FormData(event.currentTarget)));
      }}
    >
      <Field label={t("copy.name")} error={form.errors.name}>
        {/* Cut where the name is so long that it would not be taken with the words around it. */}
        <Input name="name" defaultValue={t("copy.of", { name: [...project.name].slice(0, 100).join("") })} />
      </Field>
      <Field label={t("copy.take")} hint={t("copy.takeHint")} error={form.errors.take}>
        <Select name="take" defaultValue="settings">
          <option value="settings">{t("copy.settings")}</option>
          <option value="prompts">
            {t("copy.prompts", { prompts: figures?.prompts ?? 0, answers: figures?.completions ?? 0 })}
          </option>
        </Select>
      </Field>
      <FormProblem problem={form.problem} />
      <Button type="submit" pending={form.pending} className="justify-self-start">
        {t("copy.make")}
      </Button>
    </form>
  );
}

function SaveAsFile({ project }: { readonly project: ProjectView }): ReactNode {
  const t = useTranslations("projects.file");
  const save = useMutation({
    mutationFn: () => api.getProjectFile({ params: { id: project.id } }),
    onSuccess: (file) => {
      const text = `${JSON.stringify(file, null, 2)}\n`;
      const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
      const link = document.createElement("a");
      link.href = address;
      link.download = fileNameOf(file);
      link.click();
      URL.revokeObjectURL(address);
    },
  });
  return (
    <div className="grid gap-2 border-t border-line pt-4">
      <p className="text-sm text-ink-2">{t("saveHint")}</p>
      <FormProblem problem={save.error} />
      <Button className="justify-self-start" pending={save.isPending} onClick={() => save.mutate()}>
        {t("save")}
      </Button>
    </div>
  );
}
