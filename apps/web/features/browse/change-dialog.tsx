"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ItemChange, type ItemChangeKind, type ItemSelection, type ItemsChanged } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Field, Input } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { Dialog } from "../../components/overlays/dialog.tsx";
import { toasts } from "../../components/overlays/toast-store.ts";
import { QueryView } from "../../components/query-view.tsx";
import { changePreviewQuery, itemsKey } from "./browse-queries.ts";

interface ChangeDialogProps {
  readonly projectId: string;
  readonly selection: ItemSelection;
  readonly kind: ItemChangeKind;
  readonly onClose: () => void;
}

/** Before items go first, where no other number was typed. */
const earlierBatch = "50";

/** Says how many items a command changes, and why it leaves others, before it is given. */
export function ChangeDialog({ projectId, selection, kind, onClose }: ChangeDialogProps): ReactNode {
  const t = useTranslations("browse");
  const common = useTranslations("common");
  const client = useQueryClient();
  const [batch, setBatch] = useState(earlierBatch);
  const change = ItemChange.safeParse(
    kind === "batch" ? { kind, batch: batch === "" ? null : Number(batch) } : { kind },
  );
  const doIt = useMutation({
    mutationFn: (what: ItemChange) => api.changeItems({ params: { id: projectId }, body: { selection, change: what } }),
    onSuccess: async ({ changed }) => {
      toasts.show(t("command.done", { count: changed }));
      onClose();
      await client.invalidateQueries({ queryKey: itemsKey(projectId) });
      await client.invalidateQueries({ queryKey: ["item"] });
    },
  });
  return (
    <Dialog label={t(`changes.${kind}`)} open onClose={onClose}>
      <div className="grid gap-4 p-6 max-md:p-4">
        <h2 className="text-lg">{t(`changes.${kind}`)}</h2>
        <p className="text-ink-2">{t(`command.${kind}`)}</p>
        {kind === "batch" ? (
          <Field label={t("command.batchNumber")}>
            <Input
              type="number"
              className="w-32"
              data-focus-first
              value={batch}
              onChange={(event) => setBatch(event.target.value)}
            />
          </Field>
        ) : null}
        {change.success ? <Preview projectId={projectId} selection={selection} change={change.data} /> : null}
        <FormProblem problem={doIt.error} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            variant="primary"
            {...(kind === "batch" ? {} : { "data-focus-first": true })}
            disabled={!change.success}
            pending={doIt.isPending}
            onClick={() => change.success && doIt.mutate(change.data)}
          >
            {t(`changes.${kind}`)}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

interface PreviewProps {
  readonly projectId: string;
  readonly selection: ItemSelection;
  readonly change: ItemChange;
}

function Preview({ projectId, selection, change }: PreviewProps): ReactNode {
  const preview = useQuery(changePreviewQuery(projectId, selection, change));
  return <QueryView query={preview}>{(told) => <WhatChanges told={told} />}</QueryView>;
}

function WhatChanges({ told }: { readonly told: ItemsChanged }): ReactNode {
  const t = useTranslations("browse");
  return (
    <div role="status" className="grid gap-1">
      <p className="font-medium">
        {told.changed === 0 ? t("command.nothing") : t("command.willChange", { count: told.changed })}
      </p>
      {told.left.length > 0 ? (
        <div className="text-ink-2">
          <p>{t("command.left")}</p>
          <ul className="list-disc pl-5">
            {told.left.map(({ why, count }) => (
              <li key={why}>{t(`left.${why}`, { count })}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}
