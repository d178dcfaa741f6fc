"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { WaitingStreak } from "../../components/figures/streak.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { ImportJobs } from "./jobs/import-jobs.tsx";
import { MediaUploadsView } from "./media-uploads-view.tsx";
import { ReadingProblem } from "./reading-problem.tsx";
import { readingOf } from "./receipt-choices.ts";
import { ReceiptForm } from "./receipt-form.tsx";
import { SourceChooser } from "./sources/source-chooser.tsx";
import { useUpload } from "./sources/use-upload.ts";
import { isMediaFile, useMediaUploads } from "./use-media-uploads.ts";
import { useReceipt } from "./use-receipt.ts";

interface Props {
  readonly projectId: string;
  /** Judgements that the project wants of each task. */
  readonly overlap: number;
  /** Names of the questionnaires that the project has. */
  readonly questionnaires: readonly string[];
  /** The one that is asked of a file first; where there is none, or no such, that is told by the file. */
  readonly ask: string | undefined;
}

/** A file first, then its receipt; nothing is written before the receipt is agreed to. */
export function ImportForm({ projectId, overlap, questionnaires, ask }: Props): ReactNode {
  const t = useTranslations("imports");
  const formats = useFormats();
  const known = questionnaires.find((name) => name === ask);
  const reading = useReceipt(known);
  /** Files of rows that were chosen beside the one that is sent. */
  const [beside, setBeside] = useState<readonly string[]>([]);
  const upload = useUpload(projectId, (there) => void reading.choose(there));
  const { file, receipt, pending, problem } = reading;
  const { uploads, send } = useMediaUploads(projectId);
  // Files before rows, for the receipt says of each name whether it is there.
  const take = async (chosen: readonly File[]): Promise<void> => {
    const [rows, ...others] = chosen.filter((one) => !isMediaFile(one));
    setBeside(others.map(({ name }) => name));
    await send(chosen.filter(isMediaFile));
    if (rows) {
      reading.clear();
      await upload.send(rows);
    } else if (receipt) await reading.read(readingOf(receipt));
  };
  return (
    <div className="grid grid-cols-1 gap-4">
      <SourceChooser
        projectId={projectId}
        upload={upload}
        chosenId={file?.id ?? null}
        onFiles={(chosen) => void take(chosen)}
        onChoose={(there) => void reading.choose(there)}
      />
      {beside.length > 0 ? (
        <p role="status" className="max-w-read break-words text-warn">
          {t("sources.oneAtATime", { names: formats.list(beside) })}
        </p>
      ) : null}
      <MediaUploadsView uploads={uploads} />
      {pending ? <WaitingStreak label={t("reading")} /> : null}
      <ReadingProblem problem={problem} />
      {file && receipt ? (
        <ReceiptForm
          // Another file is another form: no choice made for the one before stays.
          key={file.id}
          projectId={projectId}
          overlap={overlap}
          questionnaires={questionnaires}
          ask={known}
          file={file}
          original={upload.originalOf(file.id)}
          receipt={receipt}
          pending={pending}
          onRead={(query) => void reading.read(query)}
        />
      ) : null}
      <ImportJobs projectId={projectId} except={file?.id ?? null} />
    </div>
  );
}
