"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ItemSelection, SelectedLabelSet } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { DownloadLink } from "../../components/download-link.tsx";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { Dialog } from "../../components/overlays/dialog.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { addressOfSet, plainExport } from "../exports/asked-export.ts";
import { ExportChoices } from "../exports/export-choices.tsx";
import { labelSetPreviewQuery } from "./browse-queries.ts";

interface LabelSetDialogProps {
  readonly projectId: string;
  readonly selection: ItemSelection;
  /** An export may hold what no training reads: pairs of evaluations. */
  readonly forExport: boolean;
  readonly onClose: () => void;
}

/** Freezes what counts on the selected items; from the set its files are downloaded, as often as one likes. */
export function LabelSetDialog({ projectId, selection, forExport, onClose }: LabelSetDialogProps): ReactNode {
  const t = useTranslations("browse");
  const common = useTranslations("common");
  const client = useQueryClient();
  const [includeSimulated, setSimulated] = useState(false);
  const [includeEvaluations, setEvaluations] = useState(forExport);
  const wish = { selection, includeSimulated, includeEvaluations };
  const preview = useQuery(labelSetPreviewQuery(projectId, wish));
  const make = useMutation({
    mutationFn: () => api.makeLabelSet({ params: { id: projectId }, body: wish }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["item"] }),
  });
  const title = forExport ? t("export") : t("labelSet");
  return (
    <Dialog label={title} open onClose={onClose}>
      <div className="grid gap-4 p-6 max-md:p-4">
        <h2 className="text-lg">{title}</h2>
        <p className="text-ink-2">{t("labels.what")}</p>
        {make.data?.id ? (
          <Made id={make.data.id} />
        ) : (
          <>
            <div className="grid">
              <Checkbox checked={includeSimulated} onChange={(event) => setSimulated(event.target.checked)}>
                {t("labels.includeSimulated")}
              </Checkbox>
              <Checkbox checked={includeEvaluations} onChange={(event) => setEvaluations(event.target.checked)}>
                {t("labels.includeEvaluations")}
              </Checkbox>
            </div>
            <QueryView query={preview}>{(told) => <WhatItHolds told={told} />}</QueryView>
          </>
        )}
        <FormProblem problem={make.error} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{make.data ? common("close") : common("cancel")}</Button>
          {make.data ? null : (
            <Button
              variant="primary"
              data-focus-first
              disabled={!preview.data || preview.data.judgements === 0}
              pending={make.isPending}
              onClick={() => make.mutate()}
            >
              {t("labels.make")}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}

function WhatItHolds({ told }: { readonly told: SelectedLabelSet }): ReactNode {
  const t = useTranslations("browse.labels");
  const { selected, judgements, leftOut, itemsWithout, itemsOfEvaluations } = told;
  return (
    <div role="status" className="grid gap-1">
      <p className="font-medium">{t("holds", { judgements, selected })}</p>
      {leftOut > 0 ? <p className="text-ink-2">{t("leftOut", { count: leftOut })}</p> : null}
      {itemsOfEvaluations > 0 ? <p className="text-ink-2">{t("evaluations", { count: itemsOfEvaluations })}</p> : null}
      {itemsWithout > itemsOfEvaluations ? (
        <p className="text-ink-2">{t("without", { count: itemsWithout - itemsOfEvaluations })}</p>
      ) : null}
    </div>
  );
}

function Made({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations("browse.labels");
  const exports = useTranslations("exports");
  const [chosen, setChosen] = useState(plainExport);
  return (
    <div className="grid gap-3">
      <div role="status" className="grid justify-items-start gap-1">
        <p className="font-medium">{t("made")}</p>
        <TextLink href={`/label-sets/${id}`}>{t("see")}</TextLink>
      </div>
      <ExportChoices chosen={chosen} onChange={setChosen} of="set" />
      <DownloadLink href={addressOfSet(id, chosen)} className="justify-self-start">
        {exports("submit")}
      </DownloadLink>
    </div>
  );
}
