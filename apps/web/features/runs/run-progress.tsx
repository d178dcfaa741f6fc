"use client";
import type { RunError, RunView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Streak } from "../../components/figures/streak.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { nameOfRun } from "./run-state.ts";
import { useRunWords } from "./use-run-words.ts";

/** Step, time left and engine in one line; an error says what to do next. */
export function RunProgress({ run }: { readonly run: RunView }): ReactNode {
  const t = useTranslations("runs");
  const formats = useFormats();
  const { totalSteps } = run;
  return (
    <div className="mb-5 grid gap-2">
      {run.error ? <Failure error={run.error} /> : null}
      {totalSteps ? <Streak value={run.step / totalSteps} label={t("progress")} /> : null}
      <p className="flex min-h-6 flex-wrap items-center gap-x-4 text-xs text-ink-3">
        {totalSteps ? (
          <span className="tabular-nums">
            {t("stepOf", { step: formats.number(run.step), total: formats.number(totalSteps) })}
          </span>
        ) : null}
        {run.state === "running" && run.secondsLeft !== null ? (
          <span className="tabular-nums">{t("left", { time: formats.duration(run.secondsLeft) })}</span>
        ) : null}
        {run.engine ? <span>{t("engine", { name: run.engine.backend })}</span> : null}
        {run.modelVersionId ? <TextLink href={`/models/${run.modelVersionId}`}>{t("model")}</TextLink> : null}
        {run.evaluationId ? <TextLink href={`/evaluations/${run.evaluationId}`}>{t("evaluation")}</TextLink> : null}
        {run.followers.map((follower) => (
          <span key={follower.id}>
            {t("then")}{" "}
            <TextLink href={`/runs/${follower.id}`}>{nameOfRun(follower, (kind) => t(`kinds.${kind}`))}</TextLink>
          </span>
        ))}
      </p>
    </div>
  );
}

function Failure({ error }: { readonly error: RunError }): ReactNode {
  const { text, detail } = useRunWords().error(error);
  return (
    <div role="alert" className="grid max-w-read gap-1">
      <p className="flex items-baseline gap-1.5 text-warn">
        <i aria-hidden="true" className="mark shrink-0" data-state="attention" />
        {text}
      </p>
      {detail ? (
        <p lang={detail.isTranslated ? undefined : "en"} className="text-xs text-ink-3 [overflow-wrap:anywhere]">
          {detail.text}
        </p>
      ) : null}
    </div>
  );
}
