"use client";
import type { ImportJobView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../../components/button.tsx";
import { Streak } from "../../../components/figures/streak.tsx";
import { useFormats } from "../../../components/use-formats.ts";
import { shareOf } from "./job-share.ts";

interface Props {
  readonly job: ImportJobView;
  /** Whether it was asked to stop and has not answered yet. */
  readonly isStopping: boolean;
  readonly onStop: () => void;
}

/** How far an import is, in what it is counted by at the time, and the button that stops it. */
export function ImportJobProgress({ job, isStopping, onStop }: Props): ReactNode {
  const t = useTranslations("imports.jobs");
  const formats = useFormats();
  const values = {
    read: formats.bytes(job.bytesRead),
    bytes: formats.bytes(job.bytes),
    rowsRead: job.rowsRead,
    rows: job.rows ?? 0,
  };
  return (
    <div className="grid max-w-read gap-1.5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <Streak value={shareOf(job)} label={t("label", { name: job.fileName })} className="min-w-32 flex-1" />
        <Button pending={isStopping} onClick={onStop}>
          {t("stop")}
        </Button>
      </div>
      <p className="text-xs text-ink-2 tabular-nums">{t(`phases.${job.phase}`, values)}</p>
    </div>
  );
}
