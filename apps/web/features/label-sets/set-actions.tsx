"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { LabelSetChange, LabelSetDetails } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { FormEvent, ReactNode } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Field, Input } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { toasts } from "../../components/overlays/toast-store.ts";
import { forgetLabelSets } from "./label-set-queries.ts";

/** Its name, and whether the project's address of the latest leads to it. */
export function SetActions({ set }: { readonly set: LabelSetDetails }): ReactNode {
  const t = useTranslations("labelSets");
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (body: LabelSetChange) => api.changeLabelSet({ params: { id: set.id }, body }),
    onSuccess: async () => {
      await forgetLabelSets(client, set.project.id);
      toasts.show(t("changed"));
    },
  });
  const rename = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    change.mutate({ name: String(new FormData(event.currentTarget).get("name") ?? "").trim() });
  };
  return (
    <Card title={t("nameTitle")}>
      <div className="grid max-w-read gap-4">
        <form onSubmit={rename} className="flex flex-wrap items-end gap-2">
          <Field label={t("name")} className="min-w-40 flex-1">
            <Input name="name" required maxLength={120} defaultValue={set.name ?? ""} autoComplete="off" />
          </Field>
          <Button type="submit" pending={change.isPending}>
            {t("rename")}
          </Button>
        </form>
        <div className="grid justify-items-start gap-2">
          <p className="text-ink-2">{t(set.latest ? "isLatest" : "latestHint")}</p>
          <Button pending={change.isPending} onClick={() => change.mutate({ latest: !set.latest })}>
            {t(set.latest ? "unmakeLatest" : "makeLatest")}
          </Button>
        </div>
        <FormProblem problem={change.error} />
      </div>
    </Card>
  );
}
