"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { WaitingStreak } from "../../components/figures/streak.tsx";
import { DropFile } from "./drop-file.tsx";
import { MediaUploadsView } from "./media-uploads-view.tsx";
import { ReadingProblem } from "./reading-problem.tsx";
import { readingOf } from "./receipt-choices.ts";
import { ReceiptForm } from "./receipt-form.tsx";
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
  const reading = useReceipt(
    projectId,
    questionnaires.find((name) => name === ask),
  );
  const { file, receipt, pending, problem } = reading;
  const { uploads, send } = useMediaUploads(projectId);
  // Files before rows, for the receipt says of each name whether it is there.
  const take = async (chosen: readonly File[]): Promise<void> => {
    const rows = chosen.find((one) => !isMediaFile(one));
    await send(chosen.filter(isMediaFile));
    if (rows) await reading.choose(rows);
    else if (receipt) await reading.read(readingOf(receipt));
  };
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="max-w-read">
        <DropFile onFiles={(chosen) => void take(chosen)} />
      </div>
      <MediaUploadsView uploads={uploads} />
      {pending ? <WaitingStreak label={t("reading")} /> : null}
      <ReadingProblem problem={problem} />
      {file && receipt ? (
        <ReceiptForm
          // Another file is another form: no choice made for the one before stays.
          key={`${file.name} ${file.lastModified} ${file.size}`}
          projectId={projectId}
          overlap={overlap}
          questionnaires={questionnaires}
          ask={questionnaires.find((name) => name === ask)}
          file={file}
          receipt={receipt}
          pending={pending}
          onRead={(query) => void reading.read(query)}
        />
      ) : null}
    </div>
  );
}
