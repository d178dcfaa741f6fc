"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { LabelSetDetails, LabelSetFileView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { SecretToCopy } from "../../components/secret-to-copy.tsx";
import { labelSetFilesQuery } from "./label-set-queries.ts";

interface FileActionsProps {
  readonly set: LabelSetDetails;
  readonly file: LabelSetFileView;
}

/** The longest that an address may open a file, in seconds. */
const anHour = 3_600;

/** An address without a sign-in, writing it again, and deleting it: it is one press from being written again. */
export function FileActions({ set: { id }, file: { name, state, blind } }: FileActionsProps): ReactNode {
  const t = useTranslations("labelSets.files");
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: labelSetFilesQuery(id).queryKey });
  const again = useMutation({
    mutationFn: () => api.askLabelSetFile({ params: { id }, body: { name, again: true } }),
    onSettled,
  });
  const remove = useMutation({ mutationFn: () => api.deleteLabelSetFile({ params: { id, name } }), onSettled });
  const sign = useMutation({
    mutationFn: () => api.signLabelSetFile({ params: { id, name }, body: { seconds: anHour } }),
  });
  const mayBeBetter = state === "failed" || (state === "ready" && blind > 0);
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {state === "ready" ? (
          <Button variant="ghost" pending={sign.isPending} onClick={() => sign.mutate()}>
            {t("sign")}
          </Button>
        ) : null}
        {mayBeBetter ? (
          <Button variant="ghost" pending={again.isPending} onClick={() => again.mutate()}>
            {t("again")}
          </Button>
        ) : null}
        <Button
          variant="ghost"
          aria-label={t("deleteOf", { name })}
          pending={remove.isPending}
          onClick={() => remove.mutate()}
        >
          {t("delete")}
        </Button>
      </div>
      <FormProblem problem={sign.error ?? again.error ?? remove.error} />
      {sign.data ? (
        <SecretToCopy
          label={t("signed", { name })}
          value={`${window.location.origin}${sign.data.path}`}
          note={t("signedNote")}
        />
      ) : null}
    </>
  );
}
