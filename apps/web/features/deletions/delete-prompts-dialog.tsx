"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Dependants, ItemSelection } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { Dialog } from "../../components/overlays/dialog.tsx";
import { toasts } from "../../components/overlays/toast-store.ts";
import { QueryView } from "../../components/query-view.tsx";
import { forgetWhatWasThere, promptsDependantsQuery } from "./deletion-queries.ts";
import { DependantsList } from "./dependants-list.tsx";

interface DeletePromptsDialogProps {
  readonly projectId: string;
  readonly selection: ItemSelection;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** The prompts of selected items, with all that depends on them, before they are deleted. */
export function DeletePromptsDialog({ projectId, selection, onClose, onDone }: DeletePromptsDialogProps): ReactNode {
  const t = useTranslations("deletions");
  const dependants = useQuery(promptsDependantsQuery(projectId, selection));
  return (
    <Dialog label={t("prompts.title")} open onClose={onClose}>
      <div className="grid gap-4 p-6 max-md:p-4">
        <h2 className="text-lg">{t("prompts.title")}</h2>
        <p className="text-ink-2">{t("before")}</p>
        <QueryView query={dependants}>
          {(found) => (
            <>
              <DependantsList dependants={found} whole={false} />
              <Confirm
                key={found.stamp}
                {...{ projectId, selection, onClose, onDone, dependants: found }}
                onOutdated={() => dependants.refetch()}
              />
            </>
          )}
        </QueryView>
      </div>
    </Dialog>
  );
}

interface ConfirmProps extends DeletePromptsDialogProps {
  readonly dependants: Dependants;
  readonly onOutdated: () => void;
}

function Confirm({ projectId, selection, dependants, onClose, onDone, onOutdated }: ConfirmProps): ReactNode {
  const t = useTranslations("deletions");
  const common = useTranslations("common");
  const client = useQueryClient();
  const [sure, setSure] = useState(false);
  const { prompts } = dependants.counts;
  const doIt = useMutation({
    mutationFn: () =>
      api.deletePrompts({ params: { id: projectId }, body: { selection, prompts, stamp: dependants.stamp } }),
    onSuccess: async () => {
      toasts.show(t("prompts.done", { count: prompts }));
      onClose();
      onDone();
      await forgetWhatWasThere(client, projectId);
    },
    onError: onOutdated,
  });
  return (
    <div className="grid gap-4 border-t border-line pt-4">
      <Checkbox data-focus-first checked={sure} onChange={(event) => setSure(event.target.checked)}>
        {t("prompts.sure", { count: prompts })}
      </Checkbox>
      <FormProblem problem={doIt.error} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{common("cancel")}</Button>
        <Button variant="danger" disabled={!sure} pending={doIt.isPending} onClick={() => doIt.mutate()}>
          {t("delete")}
        </Button>
      </div>
    </div>
  );
}
