"use client";
import type { ImportReceipt, ReceiptQuery, SpooledFileView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { useSendOnce } from "../../components/forms/send-once.ts";
import { ImportResult } from "./import-result.tsx";
import { ImportJobProgress } from "./jobs/import-job-progress.tsx";
import { useImportJob } from "./jobs/use-import-job.ts";
import { AnswersAsTasks } from "./pointing/answers-as-tasks.tsx";
import { PointingTable } from "./pointing/pointing-table.tsx";
import { SavedMappings } from "./pointing/saved-mappings.tsx";
import { TasksPreview } from "./pointing/tasks-preview.tsx";
import { useAsked } from "./pointing/use-asked.ts";
import { VoteMeanings } from "./pointing/vote-meanings.tsx";
import { ReadingProblem } from "./reading-problem.tsx";
import { importQueryOf, pilotTasks, receiptSight } from "./receipt-choices.ts";
import { ReceiptCost } from "./receipt-cost.tsx";
import { ReceiptPreview } from "./receipt-preview.tsx";
import { ReceiptReading } from "./receipt-reading.tsx";
import { ReceiptWarnings } from "./receipt-warnings.tsx";

interface Props {
  readonly projectId: string;
  readonly overlap: number;
  readonly questionnaires: readonly string[];
  /** The questionnaire that somebody came here to ask. */
  readonly ask: string | undefined;
  readonly file: SpooledFileView;
  /** The same on this device, if it was sent from this page: one that has changed there since is not what is wanted. */
  readonly original: File | null;
  readonly receipt: ImportReceipt;
  /** Whether another receipt is on its way. */
  readonly pending: boolean;
  readonly onRead: (query: ReceiptQuery) => void;
}

/** What the file was taken for, what would come of it, and the one button that does it. */
export function ReceiptForm(props: Props): ReactNode {
  const { projectId, overlap, questionnaires, ask, file, original, receipt, pending, onRead } = props;
  const t = useTranslations("imports");
  const [leaveOut, setLeaveOut] = useState(false);
  const [open, setOpen] = useState(true);
  const [pilot, setPilot] = useState(false);
  const { job, begin, stop, isStopping, reset, problem } = useImportJob(projectId, original);
  const sendOnce = useSendOnce();
  const { counts } = receipt;
  const { media = 0, embedded = 0, others = 0, ...counted } = counts;
  const choices = { leaveOut, open, pilot };
  const { asksLeaveOut, asksPilot, ready } = receiptSight(receipt, choices);
  const canSend = ready && !pending;
  const { asked, read } = useAsked(ask, (query) => {
    reset();
    onRead(query);
  });
  return (
    <form
      className="grid grid-cols-1 gap-4"
      aria-label={t("receipt")}
      onSubmit={(event) => {
        event.preventDefault();
        if (canSend) sendOnce(() => begin(file.id, importQueryOf(receipt, choices, file.name)));
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
      <SavedMappings projectId={projectId} receipt={receipt} asked={asked} disabled={pending} onRead={read} />
      <PointingTable key={receipt.digest} receipt={receipt} disabled={pending} onRead={read} />
      <VoteMeanings key={`votes ${receipt.digest}`} receipt={receipt} disabled={pending} onRead={read} />
      <TasksPreview projectId={projectId} receipt={receipt} disabled={pending} />
      <ReceiptPreview rows={receipt.preview} />
      <div className="grid max-w-read grid-cols-1 gap-4">
        <ReceiptReading receipt={receipt} questionnaires={questionnaires} disabled={pending} onRead={read} />
        <AnswersAsTasks receipt={receipt} disabled={pending} onRead={read} />
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
        <ReadingProblem problem={problem} />
        {job?.state === "running" ? <ImportJobProgress job={job} isStopping={isStopping} onStop={stop} /> : null}
        {job?.state === "cancelled" || job?.state === "interrupted" ? (
          <p role="status">{t(`jobs.ended.${job.state}`)}</p>
        ) : null}
        {job?.result ? (
          <ImportResult
            projectId={projectId}
            result={job.result}
            opens={open && counts.wanted > 0}
            finished={counts.wanted === 0}
          />
        ) : null}
        <Button
          type="submit"
          variant="primary"
          disabled={!canSend || job?.state === "done"}
          pending={job?.state === "running"}
          className="justify-self-start px-5"
        >
          {t("submit")}
        </Button>
      </div>
    </form>
  );
}
