"use client";
import { useQueryClient } from "@tanstack/react-query";
import { type ModelName, type ModelReviewView, PromotionDraft } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../../api/client.ts";
import { Button } from "../../../components/button.tsx";
import { Field, Textarea } from "../../../components/forms/field.tsx";
import { FormProblem } from "../../../components/forms/form-problem.tsx";
import { sendFromText } from "../../../components/forms/send-from-text.ts";
import { useSchemaForm } from "../../../components/forms/use-schema-form.ts";
import { useKeys } from "../../../components/keyboard/use-keys.ts";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { toasts } from "../../../components/overlays/toast-store.ts";
import { useHasRole } from "../../session/signed-in.tsx";
import { codeOfModel } from "../model-name.ts";
import { forgetModels } from "../model-queries.ts";

/** Use it, or go back from it; either asks for a reason first and says what changes. */
export function ModelActions({ review }: { readonly review: ModelReviewView }): ReactNode {
  const t = useTranslations("models.review");
  const builds = useHasRole("admin", "researcher");
  const [asked, setAsked] = useState<ModelName | null>(null);
  const { model, inUse, former } = review;
  const decided = inUse?.promotion && inUse.model.id === model.id;
  const target = decided ? former : model;
  useKeys(
    builds && target !== null && asked === null ? [{ key: "u", label: t("useIt"), run: () => setAsked(target) }] : [],
  );
  if (!builds || target === null) return null;
  return (
    <div>
      <Button variant={decided ? "default" : "primary"} shortcut="u" onClick={() => setAsked(target)}>
        {decided ? t("goBack", { name: codeOfModel(target) }) : t("useIt")}
      </Button>
      {asked ? (
        <PromoteDialog review={review} target={asked} back={decided === true} onClose={() => setAsked(null)} />
      ) : null}
    </div>
  );
}

interface PromoteDialogProps {
  readonly review: ModelReviewView;
  readonly target: ModelName;
  readonly back: boolean;
  readonly onClose: () => void;
}

function PromoteDialog({ review, target, back, onClose }: PromoteDialogProps): ReactNode {
  const t = useTranslations("models.review.dialog");
  const common = useTranslations("common");
  const client = useQueryClient();
  const { model, project, inUse } = review;
  const [reason, setReason] = useState("");
  const name = codeOfModel(target);
  const values = { name, project: project?.name ?? "" };
  const form = useSchemaForm({
    schema: PromotionDraft,
    send: (body) => api.promoteModel({ params: { id: target.id }, body }),
    onDone: () => {
      toasts.show(t(back ? "wentBack" : "done", values));
      onClose();
      forgetModels(client);
    },
  });
  const title = t(back ? "backTitle" : "title", values);
  return (
    <Dialog label={title} open onClose={onClose}>
      <form
        noValidate
        className="grid gap-4 p-6 max-md:p-4"
        onKeyDown={sendFromText}
        onSubmit={(event) => {
          event.preventDefault();
          form.submit({ projectId: project?.id, reason, insteadOf: inUse?.model.id ?? null });
        }}
      >
        <h2 className="text-lg">{title}</h2>
        <p className="text-ink-2">{t(`changes.${model.kind}`, values)}</p>
        {inUse && inUse.model.id !== target.id ? (
          <p className="text-ink-2">{t("instead", { name: codeOfModel(inUse.model) })}</p>
        ) : null}
        <Field label={t("reason")} hint={t("reasonHint")} error={form.errors.reason}>
          <Textarea
            data-focus-first
            value={reason}
            maxLength={1_000}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        <FormProblem problem={form.problem} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" variant="primary" pending={form.pending}>
            {t(back ? "goBack" : "use", values)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
