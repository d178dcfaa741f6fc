"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Chip } from "../../components/figures/chip.tsx";
import { WaitingStreak } from "../../components/figures/streak.tsx";
import { ReadingProblem } from "./reading-problem.tsx";
import type { MediaUploads } from "./use-media-uploads.ts";

/** Which pictures and sounds were taken, and why others were not. */
export function MediaUploadsView({ uploads }: { readonly uploads: MediaUploads }): ReactNode {
  const t = useTranslations("imports.media");
  const { waiting, kept, refused } = uploads;
  if (waiting + kept + refused.length === 0) return null;
  return (
    <div role="status" className="grid max-w-read justify-items-start gap-2">
      {waiting > 0 ? <WaitingStreak label={t("sending", { count: waiting })} /> : null}
      {kept > 0 ? <Chip state="ok">{t("kept", { count: kept })}</Chip> : null}
      {refused.map(({ name, problem }) => (
        <ReadingProblem key={name} problem={problem} />
      ))}
    </div>
  );
}
