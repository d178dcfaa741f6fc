"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type LeaveOutTold, type LeaveOutWhat, LeftOutReason } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { Field, Input, Select } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { Dialog } from "../../components/overlays/dialog.tsx";
import { toasts } from "../../components/overlays/toast-store.ts";
import { QueryView } from "../../components/query-view.tsx";
import { forgetWhatCounted, leaveOutPreviewQuery } from "./left-out-queries.ts";

interface LeaveOutDialogProps {
  readonly projectId: string;
  readonly what: LeaveOutWhat;
  readonly onClose: () => void;
  readonly onDone?: (() => void) | undefined;
}

/** All that a filter finds, however many that are. */
const many = 2;
/** As long as the contract lets a note be. */
const longestNote = 500;

/** Why, what that changes, and whether somebody is to judge in its place: before it is done. */
export function LeaveOutDialog({ projectId, what, onClose, onDone }: LeaveOutDialogProps): ReactNode {
  const t = useTranslations("leftOut");
  const common = useTranslations("common");
  const client = useQueryClient();
  const [reason, setReason] = useState<LeftOutReason>("careless");
  const [note, setNote] = useState("");
  const [replace, setReplace] = useState(false);
  const asked: LeaveOutWhat = what.kind === "items" ? what : { ...what, replace };
  const preview = useQuery(leaveOutPreviewQuery(projectId, asked));
  const doIt = useMutation({
    mutationFn: () => api.leaveOut({ params: { id: projectId }, body: { what: asked, reason, note } }),
    onSuccess: async ({ judgements }) => {
      toasts.show(t("done", { count: judgements }));
      onClose();
      onDone?.();
      await forgetWhatCounted(client, projectId);
    },
  });
  const count = what.kind === "items" && "ids" in what.selection ? what.selection.ids.length : many;
  const title = t(`titles.${what.kind}`, { count });
  return (
    <Dialog label={title} open onClose={onClose}>
      <div className="grid gap-4 p-6 max-md:p-4">
        <h2 className="text-lg">{title}</h2>
        <p className="text-ink-2">{t(`what.${what.kind}`, { count })}</p>
        <Field label={t("reason")}>
          <Select
            data-focus-first
            value={reason}
            onChange={(event) => setReason(LeftOutReason.safeParse(event.target.value).data ?? reason)}
          >
            {LeftOutReason.options.map((one) => (
              <option key={one} value={one}>
                {t(`reasons.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t("note")} hint={t("noteHint")}>
          <Input value={note} maxLength={longestNote} onChange={(event) => setNote(event.target.value)} />
        </Field>
        {what.kind === "items" ? null : (
          <Checkbox checked={replace} onChange={(event) => setReplace(event.target.checked)}>
            {t("replace")}
          </Checkbox>
        )}
        <QueryView query={preview}>{(told) => <WhatItDoes told={told} />}</QueryView>
        <FormProblem problem={doIt.error} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            variant="primary"
            disabled={!preview.data || preview.data.changed === 0}
            pending={doIt.isPending}
            onClick={() => doIt.mutate()}
          >
            {t("leaveOut")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function WhatItDoes({ told }: { readonly told: LeaveOutTold }): ReactNode {
  const t = useTranslations("leftOut.told");
  const { changed, already, gone, judgements, labelSets, replaced, notReplaced } = told;
  return (
    <div role="status" className="grid gap-1">
      <p className="font-medium">{changed === 0 ? t("nothing") : t("judgements", { count: judgements })}</p>
      {labelSets > 0 ? <p className="text-ink-2">{t("labelSets", { count: labelSets })}</p> : null}
      {replaced > 0 ? <p className="text-ink-2">{t("replaced", { count: replaced })}</p> : null}
      {notReplaced > 0 ? <p className="text-ink-2">{t("notReplaced", { count: notReplaced })}</p> : null}
      {already > 0 ? <p className="text-ink-2">{t("already", { count: already })}</p> : null}
      {gone > 0 ? <p className="text-ink-2">{t("gone", { count: gone })}</p> : null}
    </div>
  );
}
