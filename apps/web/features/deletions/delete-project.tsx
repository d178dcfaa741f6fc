"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Dependants, ProjectView } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Dialog } from "../../components/overlays/dialog.tsx";
import { toasts } from "../../components/overlays/toast-store.ts";
import { QueryView } from "../../components/query-view.tsx";
import { projectsQuery } from "../projects/project-queries.ts";
import { ConfirmByName } from "./confirm-by-name.tsx";
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

function Confirm({ project, dependants, onClose, onOutdated }: ConfirmProps): ReactNode {
  const t = useTranslations("deletions");
  const client = useQueryClient();
  const router = useRouter();
  const doIt = useMutation({
    mutationFn: (name: string) =>
      api.deleteProject({ params: { id: project.id }, body: { name, stamp: dependants.stamp } }),
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
  return (
    <ConfirmByName
      focusFirst
      name={project.name}
      asks={t("project.type", { name: project.name })}
      action={t("delete")}
      pending={doIt.isPending}
      problem={doIt.error}
      onConfirm={doIt.mutate}
      onCancel={onClose}
    />
  );
}
