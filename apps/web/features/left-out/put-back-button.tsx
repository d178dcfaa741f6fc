"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { PutBackWhat } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { Dialog } from "../../components/overlays/dialog.tsx";
import { toasts } from "../../components/overlays/toast-store.ts";
import { QueryView } from "../../components/query-view.tsx";
import { forgetWhatCounted, putBackPreviewQuery } from "./left-out-queries.ts";

interface PutBackButtonProps {
  readonly projectId: string;
  readonly what: PutBackWhat;
  /** Said of the button where several stand on one page. */
  readonly of?: string;
}

/** Says how many judgements count again before they do. */
export function PutBackButton({ projectId, what, of }: PutBackButtonProps): ReactNode {
  const t = useTranslations("leftOut");
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button
        variant="ghost"
        {...(of === undefined ? {} : { "aria-label": t("putBackOf", { what: of }) })}
        onClick={() => setAsked(true)}
      >
        {t("putBack")}
      </Button>
      {asked ? <PutBackDialog projectId={projectId} what={what} onClose={() => setAsked(false)} /> : null}
    </>
  );
}

interface PutBackDialogProps extends PutBackButtonProps {
  readonly onClose: () => void;
}

function PutBackDialog({ projectId, what, onClose }: PutBackDialogProps): ReactNode {
  const t = useTranslations("leftOut");
  const common = useTranslations("common");
  const client = useQueryClient();
  const preview = useQuery(putBackPreviewQuery(projectId, what));
  const doIt = useMutation({
    mutationFn: () => api.putBack({ params: { id: projectId }, body: { what } }),
    onSuccess: async ({ judgements }) => {
      toasts.show(t("backDone", { count: judgements }));
      onClose();
      await forgetWhatCounted(client, projectId);
    },
  });
  return (
    <Dialog label={t("backTitle")} open onClose={onClose}>
      <div className="grid gap-4 p-6 max-md:p-4">
        <h2 className="text-lg">{t("backTitle")}</h2>
        <QueryView query={preview}>
          {({ judgements }) => (
            <p role="status" className="font-medium">
              {t("backCounts", { count: judgements })}
            </p>
          )}
        </QueryView>
        <p className="text-ink-2">{t("backWhat")}</p>
        <FormProblem problem={doIt.error} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button variant="primary" data-focus-first pending={doIt.isPending} onClick={() => doIt.mutate()}>
            {t("putBack")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
