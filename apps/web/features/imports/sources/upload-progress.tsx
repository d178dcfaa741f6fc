"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../../components/button.tsx";
import { Streak } from "../../../components/figures/streak.tsx";
import { useFormats } from "../../../components/use-formats.ts";
import { ReadingProblem } from "../reading-problem.tsx";
import type { useUpload } from "./use-upload.ts";

/** A file on its way to the server: how much has come, how long it will take, and what can be done with it. */
export function UploadProgress({ upload }: { readonly upload: ReturnType<typeof useUpload> }): ReactNode {
  const t = useTranslations("imports.sources");
  const formats = useFormats();
  const { state, left } = upload;
  if (!state) return null;
  const { id, name, sent, bytes, phase, problem } = state;
  const sizes = { sent: formats.bytes(sent), bytes: formats.bytes(bytes) };
  const told = left === null ? t("sent", sizes) : t("sentLeft", { ...sizes, left: formats.duration(left) });
  return (
    <section aria-label={t("sending", { name })} className="grid gap-1.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <b className="min-w-0 flex-1 basis-40 font-medium break-words">{name}</b>
        {phase === "sending" && id !== null ? <Button onClick={() => void upload.pause()}>{t("pause")}</Button> : null}
        {phase === "sending" ? null : <Button onClick={upload.goOn}>{t("goOn")}</Button>}
        <Button onClick={() => void upload.cancel()}>{t("cancel")}</Button>
      </div>
      <Streak value={bytes === 0 ? 1 : sent / bytes} label={t("sending", { name })} />
      <p role="status" className="text-xs text-ink-2 tabular-nums">
        {phase === "sending" ? told : t(`phases.${phase}`, sizes)}
      </p>
      <ReadingProblem problem={problem} />
    </section>
  );
}
