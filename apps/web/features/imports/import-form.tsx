"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { WaitingStreak } from "../../components/figures/streak.tsx";
import { DropFile } from "./drop-file.tsx";
import { ReadingProblem } from "./reading-problem.tsx";
import { ReceiptForm } from "./receipt-form.tsx";
import { useReceipt } from "./use-receipt.ts";

interface Props {
  readonly projectId: string;
  /** Judgements that the project wants of each task. */
  readonly overlap: number;
}

/** A file first, then its receipt; nothing is written before the receipt is agreed to. */
export function ImportForm({ projectId, overlap }: Props): ReactNode {
  const t = useTranslations("imports");
  const reading = useReceipt(projectId);
  const { file, receipt, pending, problem } = reading;
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="max-w-read">
        <DropFile onFile={(chosen) => void reading.choose(chosen)} />
      </div>
      {pending ? <WaitingStreak label={t("reading")} /> : null}
      <ReadingProblem problem={problem} />
      {file && receipt ? (
        <ReceiptForm
          // Another file is another form: no choice made for the one before stays.
          key={`${file.name} ${file.lastModified} ${file.size}`}
          projectId={projectId}
          overlap={overlap}
          file={file}
          receipt={receipt}
          pending={pending}
          onRead={(query) => void reading.read(query)}
        />
      ) : null}
    </div>
  );
}
