"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { type ChosenExport, fitting, plainExport } from "../exports/asked-export.ts";
import { ExportChoices } from "../exports/export-choices.tsx";
import { RowLengths } from "../exports/row-lengths.tsx";
import { fileNameOf } from "./file-name-of.ts";
import { labelSetFilesQuery } from "./label-set-queries.ts";

/** Chooses a file, and has a worker write it. */
export function AskFile({ id, projectId }: { readonly id: string; readonly projectId: string }): ReactNode {
  const t = useTranslations("labelSets.files");
  const client = useQueryClient();
  const [chosen, setChosen] = useState<ChosenExport>({ ...plainExport, container: "parquet" });
  const name = fileNameOf(chosen);
  const ask = useMutation({
    mutationFn: () => api.askLabelSetFile({ params: { id }, body: { name } }),
    onSettled: () => client.invalidateQueries({ queryKey: labelSetFilesQuery(id).queryKey }),
  });
  return (
    <details className="pt-3">
      <summary className="cursor-pointer py-1.5 font-medium">{t("ask")}</summary>
      <div className="grid max-w-read gap-4 pt-2">
        <ExportChoices chosen={chosen} onChange={setChosen} of="file" />
        <RowLengths of={{ projectId, labelSetId: id }} asked={fitting(chosen)} />
        <FormProblem problem={ask.error} />
        <Button pending={ask.isPending} onClick={() => ask.mutate()} className="justify-self-start">
          {t("write")}
        </Button>
        <p className="text-xs text-ink-3">
          {t("named")} <code className="wrap-anywhere">{name}</code>
        </p>
      </div>
    </details>
  );
}
