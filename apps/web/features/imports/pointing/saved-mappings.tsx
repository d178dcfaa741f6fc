"use client";
import { useQuery } from "@tanstack/react-query";
import { type ImportReceipt, type ReceiptQuery, type SavedMappingView, togetherAsked } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Chip } from "../../../components/figures/chip.tsx";
import { Field, Select } from "../../../components/forms/field.tsx";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { mappingsQuery } from "./mapping-queries.ts";
import { SaveMapping } from "./save-mapping.tsx";
import { SavedMappingLine } from "./saved-mapping-line.tsx";
import type { Asked } from "./use-asked.ts";

interface Props {
  readonly projectId: string;
  readonly receipt: ImportReceipt;
  /** What of the reading somebody chose: that alone is saved with the columns. */
  readonly asked: Asked;
  readonly disabled: boolean;
  readonly onRead: (query: ReceiptQuery) => void;
}

/** Mappings that were saved for files with certain columns: which one was used, another one, and the present one as one more. */
export function SavedMappings({ projectId, receipt, asked, disabled, onRead }: Props): ReactNode {
  const t = useTranslations("mapping.saved");
  const [open, setOpen] = useState(false);
  const items = useQuery(mappingsQuery(projectId)).data?.items ?? [];
  return (
    <div className="grid gap-2">
      {receipt.saved ? <Chip state="ok">{t("used", { name: receipt.saved.name })}</Chip> : null}
      <div className="flex flex-wrap items-end gap-3">
        {items.length > 0 ? (
          <Field label={t("choose")} className="w-64 max-w-full">
            <Select
              value={receipt.saved?.id ?? ""}
              disabled={disabled}
              onChange={(event) => {
                const chosen = items.find(({ id }) => id === event.target.value);
                onRead(chosen ? queryOf(chosen) : { bySaved: "false" });
              }}
            >
              <option value="">{t("none")}</option>
              {items.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        ) : null}
        <Button aria-haspopup="dialog" disabled={disabled} onClick={() => setOpen(true)}>
          {t("save")}
        </Button>
      </div>
      <Dialog label={t("title")} open={open} onClose={() => setOpen(false)}>
        <div className="grid gap-4 p-6 max-md:p-4">
          <h2 className="text-lg">{t("title")}</h2>
          {items.length > 0 ? (
            <ul className="grid max-h-80 gap-2 overflow-y-auto">
              {items.map((one) => (
                <SavedMappingLine key={one.id} projectId={projectId} one={one} />
              ))}
            </ul>
          ) : null}
          <SaveMapping projectId={projectId} receipt={receipt} asked={asked} onSaved={() => setOpen(false)} />
        </div>
      </Dialog>
    </div>
  );
}

/** A file is read by it whatever its columns are: what does not fit is said on the receipt. */
function queryOf({ reading: { format, mapping, question, together } }: SavedMappingView): ReceiptQuery {
  return {
    format,
    ...(mapping ? { mapping: JSON.stringify(mapping) } : {}),
    ...(question ? { question } : {}),
    ...(together ? togetherAsked(together) : {}),
  };
}
