"use client";
import { useQuery } from "@tanstack/react-query";
import type { RunView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Chart } from "../../components/chart/chart.tsx";
import { SmoothingSlider } from "../../components/chart/smoothing-slider.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { RunAsked } from "../endpoints/run-asked.tsx";
import { plotsOfRun } from "./plots-of-run.ts";
import { pinnedAlerts } from "./run-alerts.tsx";
import { metricsQuery } from "./run-queries.ts";
import { hasEnded, nameOfRun } from "./run-state.ts";
import { useRunWords } from "./use-run-words.ts";

/** What a run that only writes answers leaves behind: those of an evaluation can be read there. */
function Answers({ run }: { readonly run: RunView }): ReactNode {
  const t = useTranslations("runs");
  return (
    <EmptyState title={t("answersInstead")}>
      {run.evaluationId ? <TextLink href={`/evaluations/${run.evaluationId}`}>{t("seeAnswers")}</TextLink> : null}
    </EmptyState>
  );
}

/** All curves over one step axis that is fixed to the plan, with alerts pinned to the step where they arose. */
export function RunCurves({ run }: { readonly run: RunView }): ReactNode {
  const t = useTranslations("runs");
  const words = useRunWords();
  const metrics = useQuery(metricsQuery(run.id));
  const [smoothing, setSmoothing] = useState(0.6);
  return (
    <QueryView query={metrics}>
      {({ series }) => {
        const plots = plotsOfRun(
          series,
          (id) => t(`plots.${id}`),
          (id) => t(`notes.${id}`),
        );
        if (plots.length === 0) {
          if (wasAsked(run)) return <RunAsked run={run} />;
          if (run.kind === "generate") return <Answers run={run} />;
          const why = hasEnded(run.state) ? t("noCurves") : t("curvesSoon");
          return <EmptyState title={why} />;
        }
        const done = Math.max(run.step, ...series.flatMap((one) => one.points.at(-1)?.[0] ?? 0));
        return (
          <>
            <Chart
              label={t("curves", { name: nameOfRun(run, (kind) => t(`kinds.${kind}`)) })}
              plots={plots}
              total={run.totalSteps ?? done}
              done={done}
              alerts={pinnedAlerts(run).map((alert) => ({ step: alert.step, message: words.alert(alert) }))}
              smoothing={smoothing}
            />
            {plots.every(({ exact }) => exact) ? null : (
              <SmoothingSlider label={t("smoothing")} value={smoothing} onChange={setSmoothing} className="ml-13" />
            )}
          </>
        );
      }}
    </QueryView>
  );
}

/** Of an endpoint, which may be deleted since: runs of our own policies name theirs. */
function wasAsked({ kind, endpointId, policyId, step }: RunView): boolean {
  return endpointId !== null || (kind === "generate" && policyId === null && step > 0);
}
