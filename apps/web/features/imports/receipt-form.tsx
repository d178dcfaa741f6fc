"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ImportQuery, type ImportReceipt, mappingOf, type ReceiptQuery } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { WaitingStreak } from "../../components/figures/streak.tsx";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { useSendOnce } from "../../components/forms/send-once.ts";
import { ImportResult } from "./import-result.tsx";
import { ReadingProblem } from "./reading-problem.tsx";
import { importQueryOf, pilotTasks, receiptSight } from "./receipt-choices.ts";
import { ReceiptColumns } from "./receipt-columns.tsx";
import { ReceiptCost } from "./receipt-cost.tsx";
import { ReceiptPreview } from "./receipt-preview.tsx";
import { ReceiptReading } from "./receipt-reading.tsx";
import { ReceiptWarnings } from "./receipt-warnings.tsx";
import { assertUnchanged, uploadOf } from "./use-receipt.ts";

interface Props {
  readonly projectId: string;
  readonly overlap: number;
  readonly questionnaires: readonly string[];
  readonly file: File;
  readonly receipt: ImportReceipt;
  /** Whether another receipt is on its way. */
  readonly pending: boolean;
  readonly onRead: (query: ReceiptQuery) => void;
}

/** What the file was taken for, what would come of it, and the one button that does it. */
export function ReceiptForm(props: Props): ReactNode {
  const { projectId, overlap, questionnaires, file, receipt, pending, onRead } = props;
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
  const { counts } = receipt;
  const { media = 0, embedded = 0, others = 0, ...counted } = counts;
  const choices = { leaveOut, open, pilot };
  const { asksLeaveOut, asksPilot, ready } = receiptSight(receipt, choices);
  const canSend = ready && !pending;
  const read = (query: ReceiptQuery): void => {
    send.reset();
    onRead({ question: receipt.question, ...query });
  };
  return (
    <form
      className="grid grid-cols-1 gap-4"
      aria-label={t("receipt")}
      onSubmit={(event) => {
        event.preventDefault();
        if (canSend) sendOnce(() => send.mutateAsync(importQueryOf(receipt, choices, file.name)));
      }}
    >
      <p className="text-md">
        <b className="font-medium break-words">{file.name}</b>: {t(`reasons.${receipt.reason}`)}{" "}
        {t("counted", { ...counted, others })}
      </p>
      {media > 0 ? <p className="text-sm text-ink-2">{t("media.shown", { count: media, embedded })}</p> : null}
      <ReceiptWarnings projectId={projectId} receipt={receipt} />
      {asksLeaveOut ? (
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
        <ReceiptReading receipt={receipt} questionnaires={questionnaires} disabled={pending} onRead={read} />
        <div>
          <Checkbox checked={open} onChange={(event) => setOpen(event.target.checked)}>
            {t("open")}
          </Checkbox>
          {asksPilot ? (
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
          disabled={!canSend || send.isSuccess}
          pending={send.isPending}
          className="justify-self-start px-5"
        >
          {t("submit")}
        </Button>
      </div>
    </form>
  );
}
