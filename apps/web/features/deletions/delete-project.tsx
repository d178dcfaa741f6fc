"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Dependants, ProjectView } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Field, Input } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { Dialog } from "../../components/overlays/dialog.tsx";
import { toasts } from "../../components/overlays/toast-store.ts";
import { QueryView } from "../../components/query-view.tsx";
import { projectsQuery } from "../projects/project-queries.ts";
import { deletionsQuery, dependantsQuery } from "./deletion-queries.ts";
import { DependantsList } from "./dependants-list.tsx";

/** The last of a project's settings: what depends on it is named before anything is deleted. */
export function DeleteProject({ project }: { readonly project: ProjectView }): ReactNode {
  const t = useTranslations("deletions");
  const [asked, setAsked] = useState(false);
  return (
    <Card title={t("project.title")}>
      <div className="grid gap-4">
        <p className="text-sm text-ink-2">{t("project.effect")}</p>
        <Button className="justify-self-start" onClick={() => setAsked(true)}>
          {t("project.ask")}
        </Button>
        {asked ? <DeleteProjectDialog project={project} onClose={() => setAsked(false)} /> : null}
      </div>
    </Card>
  );
}

interface DialogProps {
  readonly project: ProjectView;
  readonly onClose: () => void;
}

function DeleteProjectDialog({ project, onClose }: DialogProps): ReactNode {
  const t = useTranslations("deletions");
  const dependants = useQuery(dependantsQuery(project.id));
  return (
    <Dialog label={t("project.title")} open onClose={onClose}>
      <div className="grid gap-4 p-6 max-md:p-4">
        <h2 className="text-lg">{t("project.heading", { name: project.name })}</h2>
        <p className="text-ink-2">{t("before")}</p>
        <QueryView query={dependants}>
          {(found) => (
            <>
              <DependantsList dependants={found} whole />
              <Confirm project={project} dependants={found} onClose={onClose} onOutdated={() => dependants.refetch()} />
            </>
          )}
        </QueryView>
      </div>
    </Dialog>
  );
}

interface ConfirmProps extends DialogProps {
  readonly dependants: Dependants;
  readonly onOutdated: () => void;
}

/** Typed and not clicked: so nobody deletes another project than they mean. */
function Confirm({ project, dependants, onClose, onOutdated }: ConfirmProps): ReactNode {
  const t = useTranslations("deletions");
  const common = useTranslations("common");
  const client = useQueryClient();
  const router = useRouter();
  const [name, setName] = useState("");
  const doIt = useMutation({
    mutationFn: () => api.deleteProject({ params: { id: project.id }, body: { name, stamp: dependants.stamp } }),
    onSuccess: async () => {
      toasts.show(t("project.done", { name: project.name }));
      onClose();
      router.push("/projects");
      await Promise.all([
        client.invalidateQueries({ queryKey: projectsQuery.queryKey }),
        client.invalidateQueries({ queryKey: deletionsQuery.queryKey }),
      ]);
      client.removeQueries({ queryKey: ["project", project.id], type: "inactive" });
    },
    onError: onOutdated,
  });
  const isTyped = name.trim() === project.name.trim();
  return (
    <form
      noValidate
      className="grid gap-4 border-t border-line pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isTyped) doIt.mutate();
      }}
    >
      <Field label={t("project.type", { name: project.name })}>
        <Input data-focus-first autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <FormProblem problem={doIt.error} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{common("cancel")}</Button>
        <Button type="submit" variant="danger" disabled={!isTyped} pending={doIt.isPending}>
          {t("delete")}
        </Button>
      </div>
    </form>
  );
}
