"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ImportListItem } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/overlays/dialog.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { isUndoable } from "./import-standing.ts";

/** Opens what was imported closed, and undoes an import of which nothing is judged; both say first what they do. */
export function ImportActions({
  projectId,
  one,
}: {
  readonly projectId: string;
  readonly one: ImportListItem;
}): ReactNode {
  const t = useTranslations("imports");
  const [asked, setAsked] = useState<"open" | "undo" | null>(null);
  if (!one.tracked) return <span className="text-ink-3">{t("actions.untracked")}</span>;
  return (
    <UnlessArchived projectId={projectId} quiet>
      <span className="inline-flex gap-2">
        {one.tasksClosed > 0 ? <Button onClick={() => setAsked("open")}>{t("actions.open")}</Button> : null}
        {isUndoable(one) ? (
          <Button variant="danger" onClick={() => setAsked("undo")}>
            {t("actions.undo")}
          </Button>
        ) : null}
        <Dialog label={t("actions.title")} open={asked !== null} onClose={() => setAsked(null)}>
          {asked ? <Confirmation projectId={projectId} one={one} what={asked} onClose={() => setAsked(null)} /> : null}
        </Dialog>
      </span>
    </UnlessArchived>
  );
}

interface ConfirmationProps {
  readonly projectId: string;
  readonly one: ImportListItem;
  readonly what: "open" | "undo";
  readonly onClose: () => void;
}

function Confirmation({ projectId, one, what, onClose }: ConfirmationProps): ReactNode {
  const t = useTranslations("imports");
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: async (): Promise<void> => {
      if (what === "open") await api.openImport({ params: { id: one.id }, body: {} });
      else await api.undoImport({ params: { id: one.id } });
    },
    onSuccess: onClose,
    // Also after a refusal: what stands in the way is then in the list.
    onSettled: () => client.invalidateQueries({ queryKey: ["project", projectId] }),
  });
  const { prompts, completions, tasks, judgements, tasksClosed } = one;
  return (
    <div className="grid gap-3 p-5">
      <p className="font-medium">{one.fileName ?? t(`formats.${one.format}`)}</p>
      <p>
        {what === "open"
          ? t("actions.openEffect", { tasks: tasksClosed })
          : t("actions.undoEffect", { prompts, completions, tasks, judgements })}
      </p>
      {act.error ? <ProblemNotice error={act.error} /> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t("actions.keep")}</Button>
        <Button variant={what === "open" ? "primary" : "danger"} pending={act.isPending} onClick={() => act.mutate()}>
          {t(what === "open" ? "actions.open" : "actions.undo")}
        </Button>
      </div>
    </div>
  );
}
