"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ImportReceipt, SavedMappingDraft } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../../api/client.ts";
import { Button } from "../../../components/button.tsx";
import { Field, Input } from "../../../components/forms/field.tsx";
import { FormProblem } from "../../../components/forms/form-problem.tsx";
import { mappingsQuery } from "./mapping-queries.ts";
import type { Asked } from "./use-asked.ts";

interface Props {
  readonly projectId: string;
  readonly receipt: ImportReceipt;
  readonly asked: Asked;
  readonly onSaved: () => void;
}

/** Saves how the file is read now, under a name. No form of its own: it stands within that of the receipt. */
export function SaveMapping({ projectId, receipt, asked, onSaved }: Props): ReactNode {
  const t = useTranslations("mapping.saved");
  const client = useQueryClient();
  const [name, setName] = useState("");
  const save = useMutation({
    mutationFn: () => api.saveMapping({ params: { id: projectId }, body: draftOf(receipt, asked, name.trim()) }),
    onSuccess: async () => {
      await client.invalidateQueries(mappingsQuery(projectId));
      setName("");
      onSaved();
    },
  });
  const send = (): void => {
    if (name.trim() !== "" && !save.isPending) save.mutate();
  };
  return (
    <div className="grid gap-3 border-t border-line pt-4">
      <Field label={t("name")} hint={t("saveHint")}>
        <Input
          value={name}
          maxLength={120}
          data-focus-first
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
      </Field>
      <p className="text-xs text-ink-3 [overflow-wrap:anywhere]">
        {t("columns", { count: receipt.header.length, columns: receipt.header.join(", ") })}
      </p>
      <FormProblem problem={save.error} />
      <Button
        variant="primary"
        className="justify-self-start"
        disabled={name.trim() === ""}
        pending={save.isPending}
        onClick={send}
      >
        {t("save")}
      </Button>
    </div>
  );
}

function draftOf({ header, format, mapping, together }: ImportReceipt, asked: Asked, name: string): SavedMappingDraft {
  const { question, ...ofTasks } = asked;
  return {
    name,
    header,
    reading: {
      format,
      mapping,
      question: question ?? null,
      together: Object.keys(ofTasks).length > 0 ? together : null,
    },
  };
}
