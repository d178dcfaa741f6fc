"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  ImportFormat,
  type ImportQuery,
  type ImportReceipt,
  mappingOf,
  type ReceiptQuery,
} from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { WaitingStreak } from "../../components/figures/streak.tsx";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { Field, Select } from "../../components/forms/field.tsx";
import { useSendOnce } from "../../components/forms/send-once.ts";
import { AdvancedMapping } from "./advanced-mapping.tsx";
import { ImportResult } from "./import-result.tsx";
import { ReadingProblem } from "./reading-problem.tsx";
import { ReceiptColumns } from "./receipt-columns.tsx";
import { ReceiptCost } from "./receipt-cost.tsx";
import { ReceiptPreview } from "./receipt-preview.tsx";
import { ReceiptWarnings } from "./receipt-warnings.tsx";
import { assertUnchanged, uploadOf } from "./use-receipt.ts";

interface Props {
  readonly projectId: string;
  readonly overlap: number;
  readonly file: File;
  readonly receipt: ImportReceipt;
  /** Whether another receipt is on its way. */
  readonly pending: boolean;
  readonly onRead: (query: ReceiptQuery) => void;
}

/** How many tasks a first try opens. */
const pilotTasks = 10;

/** What the file was taken for, what would come of it, and the one button that does it. */
export function ReceiptForm({ projectId, overlap, file, receipt, pending, onRead }: Props): ReactNode {
  const t = useTranslations("imports");
  const client = useQueryClient();
  const [leaveOut, setLeaveOut] = useState(false);
  const [open, setOpen] = useState(true);
  const [pilot, setPilot] = useState(false);
  const send = useMutation({
    mutationFn: async (query: ImportQuery) => {
      await assertUnchanged(file);
      return api.importRows({ params: { id: projectId }, query, upload: uploadOf(file) });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["project", projectId] }),
  });
  const sendOnce = useSendOnce();
  const { format, mapping, question, counts } = receipt;
  const reading = { format, question, ...(mapping ? { mapping: JSON.stringify(mapping) } : {}) };
  const read = (query: ReceiptQuery) => {
    send.reset();
    onRead({ question, ...query });
  };
  const stopped = receipt.warnings.some(({ weight }) => weight === "stop");
  const ready = !stopped && !pending && (counts.badRows === 0 || leaveOut);
  const choices = {
    open: open ? "true" : "false",
    leaveOut: leaveOut && counts.badRows > 0 ? "true" : "false",
    ...(open && pilot ? { pilot: pilotTasks } : {}),
  } as const;
  return (
    <form
      className="grid grid-cols-1 gap-4"
      aria-label={t("receipt")}
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        const query = { ...reading, ...choices, receipt: receipt.digest, fileName: file.name.slice(0, 200) };
        sendOnce(() => send.mutateAsync(query));
      }}
    >
      <p className="text-md">
        <b className="font-medium break-words">{file.name}</b>: {t(`reasons.${receipt.reason}`)} {t("counted", counts)}
      </p>
      <ReceiptWarnings receipt={receipt} />
      {counts.badRows > 0 && counts.badRows < counts.rows ? (
        <Checkbox checked={leaveOut} onChange={(event) => setLeaveOut(event.target.checked)}>
          {t("leaveOut", { count: counts.badRows })}
        </Checkbox>
      ) : null}
      <ReceiptColumns
        receipt={receipt}
        disabled={pending}
        onChange={(path, role) => {
          read({ format: "columns", mapping: JSON.stringify(mappingOf(receipt, [{ path, role }])) });
        }}
      />
      <ReceiptPreview rows={receipt.preview} />
      <div className="grid max-w-read grid-cols-1 gap-4">
        <Field label={t("question")}>
          <Select
            value={question}
            onChange={(event) =>
              read({ ...reading, question: event.target.value === "rating" ? "rating" : "preference" })
            }
          >
            <option value="preference">{t("questions.preference")}</option>
            <option value="rating">{t("questions.rating")}</option>
          </Select>
        </Field>
        <details>
          <summary className="text-ink-2">{t("advanced")}</summary>
          <div className="mt-2 grid gap-3">
            <Field label={t("format")} hint={t(`about.${format}`)}>
              <Select
                value={format}
                onChange={(event) => {
                  const chosen = ImportFormat.options.find((one) => one === event.target.value);
                  if (chosen === "columns")
                    read({ format: chosen, mapping: JSON.stringify(mapping ?? mappingOf(receipt, [])) });
                  else if (chosen) read({ format: chosen });
                }}
              >
                {ImportFormat.options.map((one) => (
                  <option key={one} value={one}>
                    {t(`formats.${one}`)}
                  </option>
                ))}
              </Select>
            </Field>
            {mapping ? (
              <AdvancedMapping
                key={receipt.digest}
                mapping={mapping}
                disabled={pending}
                onRead={(text) => read({ format: "columns", mapping: text })}
              />
            ) : null}
          </div>
        </details>
        <div>
          <Checkbox checked={open} onChange={(event) => setOpen(event.target.checked)}>
            {t("open")}
          </Checkbox>
          {open && counts.tasks > pilotTasks ? (
            <Checkbox checked={pilot} onChange={(event) => setPilot(event.target.checked)}>
              {t("pilot", { count: pilotTasks })}
            </Checkbox>
          ) : null}
        </div>
        <ReceiptCost receipt={receipt} projectId={projectId} overlap={overlap} />
        <ReadingProblem problem={send.error} />
        {send.isPending ? <WaitingStreak label={t("sending")} /> : null}
        {send.data ? <ImportResult result={send.data} /> : null}
        <Button
          type="submit"
          variant="primary"
          disabled={!ready || send.isSuccess}
          pending={send.isPending}
          className="justify-self-start px-5"
        >
          {t("submit")}
        </Button>
      </div>
    </form>
  );
}
