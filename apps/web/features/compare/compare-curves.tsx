import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Card } from "../../components/card.tsx";
import { Chart } from "../../components/chart/chart.tsx";
import type { Curve } from "../../components/chart/chart-data.ts";
import { SmoothingSlider } from "../../components/chart/smoothing-slider.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Field, Select } from "../../components/forms/field.tsx";
import { Loading } from "../../components/loading.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { type Comparison, compareScales } from "./compare-address.ts";
import type { Subject } from "./subject.ts";
import { type SubjectCurve, useCurves } from "./use-curves.ts";
import { useMetricName } from "./use-metric-name.ts";
import { useScale } from "./use-scale.ts";
import { useSubjectNames } from "./use-subject-name.ts";
import { WithoutCurve } from "./without-curve.tsx";

interface CompareCurvesProps {
  readonly subjects: readonly Subject[];
  readonly comparison: Comparison;
  readonly onChange: (more: Partial<Comparison>) => void;
}

/** One figure of all of them in one plot. */
export function CompareCurves({ subjects, comparison, onChange }: CompareCurvesProps): ReactNode {
  const t = useTranslations("compare.curves");
  const nameOf = useMetricName();
  const { over } = comparison;
  const { metrics, metric, curves, failure } = useCurves(subjects, comparison.metric, over);
  const offered = [...new Set([...(metrics ?? []), ...(metric === null ? [] : [metric])])];
  return (
    <Card title={t("title")}>
      <div className="mb-3 flex flex-wrap gap-4">
        <Field label={t("metric")} className="min-w-40 max-w-80 flex-1">
          <Select value={metric ?? ""} onChange={(event) => onChange({ metric: event.target.value })}>
            {offered.map((name) => (
              <option key={name} value={name}>
                {nameOf(name)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t("over")} className="min-w-40">
          <Select
            value={over}
            onChange={({ target }) => onChange({ over: compareScales.find((one) => one === target.value) ?? "steps" })}
          >
            {compareScales.map((one) => (
              <option key={one} value={one}>
                {t(`scales.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      {failure ? <ProblemNotice error={failure.error} onRetry={failure.retry} /> : null}
      {curves === undefined && !failure ? <Loading /> : null}
      {curves ? <Drawn {...{ curves, over }} title={metric === null ? "" : nameOf(metric)} /> : null}
    </Card>
  );
}

interface DrawnProps {
  readonly curves: readonly SubjectCurve[];
  readonly over: Comparison["over"];
  readonly title: string;
}

function Drawn({ curves, over, title }: DrawnProps): ReactNode {
  const t = useTranslations("compare.curves");
  const smoothingLabel = useTranslations("runs")("smoothing");
  const { full } = useSubjectNames();
  const [smoothing, setSmoothing] = useState(0.6);
  const lines = curves.flatMap(({ subject, curve }) =>
    curve.kind === "curve"
      ? [{ id: subject.id, label: full(subject), mark: String(subject.number), points: curve.points } satisfies Curve]
      : [],
  );
  const { scale, curves: scaled, total } = useScale(over, lines);
  return (
    <>
      {lines.length === 0 ? (
        <EmptyState title={t("none")} />
      ) : (
        <>
          <Chart
            label={t("label", { metric: title })}
            plots={[{ id: title, title, curves: scaled, tall: true }]}
            {...{ total, smoothing }}
            done={total}
            {...(scale ? { scale } : {})}
          />
          <SmoothingSlider label={smoothingLabel} value={smoothing} onChange={setSmoothing} />
        </>
      )}
      <WithoutCurve curves={curves} />
    </>
  );
}
