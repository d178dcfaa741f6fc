"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { WaitingStreak } from "../../components/figures/streak.tsx";
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
  const reading = useReceipt(questionnaires.find((name) => name === ask));
  const upload = useUpload(projectId, (there) => void reading.choose(there));
  const { file, receipt, pending, problem } = reading;
  const { uploads, send } = useMediaUploads(projectId);
  // Files before rows, for the receipt says of each name whether it is there.
  const take = async (chosen: readonly File[]): Promise<void> => {
    const rows = chosen.find((one) => !isMediaFile(one));
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
          ask={questionnaires.find((name) => name === ask)}
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
