"use client";
import { useTranslations } from "next-intl";
import { type CSSProperties, type ReactNode, useState } from "react";
import { useFormats } from "../use-formats.ts";
import { stepTicks } from "./axis.ts";
import type { ChartAlert, Plot } from "./chart-data.ts";
import { ChartPlot } from "./chart-plot.tsx";

interface ChartProps {
  /** What the curves show, for those who cannot see them. */
  readonly label: string;
  readonly plots: readonly Plot[];
  /** Last step of the plan: the axis never moves while a run goes on. */
  readonly total: number;
  /** Steps done; what lies beyond is shaded. */
  readonly done: number;
  readonly alerts?: readonly ChartAlert[];
  /** 0 shows the raw line only; 0.9 is strong. */
  readonly smoothing?: number;
}

/** Plots over one step axis with a common cursor. The arrow keys move it too, through the slider on the axis. */
export function Chart({ label, plots, total, done, alerts = [], smoothing = 0.8 }: ChartProps): ReactNode {
  const t = useTranslations("chart");
  const formats = useFormats();
  const [cursor, setCursor] = useState<number | null>(null);
  const last = Math.max(1, total);
  const moveTo = (clientX: number, area: DOMRect): void => {
    const share = (clientX - area.left) / area.width;
    setCursor(Math.round(Math.min(done, Math.max(0, share * last))));
  };
  return (
    <figure
      className="chart"
      style={unitsStyle(plots)}
      aria-label={label}
      onPointerMove={(event) => {
        const area = event.currentTarget.querySelector(".chart-area")?.getBoundingClientRect();
        if (area) moveTo(event.clientX, area);
      }}
      onPointerLeave={() => setCursor(null)}
    >
      {done < last ? <div aria-hidden="true" className="chart-future" style={doneStyle(done / last)} /> : null}
      {alerts.length > 0 ? (
        <div className="chart-flags">
          {alerts.map((alert, index) => (
            <a
              key={`${alert.step} ${alert.message}`}
              href={`#alert-${index + 1}`}
              className="chart-flag"
              data-number={index + 1}
              data-end={alert.step / last > 0.6 || undefined}
              style={shareStyle(alert.step / last)}
            >
              <span>{alert.message}</span>
            </a>
          ))}
        </div>
      ) : null}
      {plots.map((plot) => (
        <ChartPlot
          key={plot.id}
          plot={plot}
          total={last}
          smoothing={smoothing}
          cursor={cursor}
          alertSteps={alerts.map(({ step }) => step)}
        />
      ))}
      <div className="chart-steps">
        <input
          type="range"
          min={0}
          max={done}
          value={cursor ?? done}
          aria-label={t("cursor")}
          aria-valuetext={t("step", { step: formats.number(cursor ?? done) })}
          onChange={(event) => setCursor(event.currentTarget.valueAsNumber)}
          onBlur={() => setCursor(null)}
        />
        {stepTicks(last).map((tick, index) => (
          <span key={tick} data-end={tick === last || undefined} style={shareStyle(tick / last)}>
            {index === 0 ? t("step", { step: formats.number(tick) }) : formats.number(tick)}
          </span>
        ))}
        {cursor === null ? null : (
          <output style={shareStyle(cursor / last)}>{t("step", { step: formats.number(cursor) })}</output>
        )}
      </div>
    </figure>
  );
}

/** How many plots' heights share the screen; a tall one counts twice. */
function unitsStyle(plots: readonly Plot[]): CSSProperties {
  const style: CSSProperties & Record<"--units", number> = {
    "--units": plots.reduce((sum, plot) => sum + (plot.tall ? 2 : 1), 0),
  };
  return style;
}

function shareStyle(share: number): CSSProperties {
  const style: CSSProperties & Record<"--x", string> = { "--x": `${Math.min(1, Math.max(0, share)) * 100}%` };
  return style;
}

function doneStyle(share: number): CSSProperties {
  const style: CSSProperties & Record<"--done", number> = { "--done": share };
  return style;
}
