"use client";
import { useTranslations } from "next-intl";
import { type CSSProperties, type ReactNode, useState } from "react";
import { useFormats } from "../use-formats.ts";
import { digitsOfSpan, scaleTicks, stepTicks } from "./axis.ts";
import type { ChartAlert, ChartScale, Plot } from "./chart-data.ts";
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
  readonly scale?: ChartScale;
}

/** As many places as the slider has on a scale that is not counted in wholes. */
const sliderPlaces = 500;

/** Plots over one axis, of steps mostly, with a common cursor. The arrow keys move it too, through the slider on the axis. */
export function Chart({ label, plots, total, done, alerts = [], smoothing = 0.8, scale }: ChartProps): ReactNode {
  const t = useTranslations("chart");
  const formats = useFormats();
  const [cursor, setCursor] = useState<number | null>(null);
  const { say, whole } = scale ?? { say: (at: number) => t("step", { step: formats.number(at) }), whole: true };
  const last = whole ? Math.max(1, total) : total || 1;
  const digits = whole ? 0 : digitsOfSpan(last);
  const ticks = whole ? stepTicks(last) : scaleTicks(last);
  const moveTo = (clientX: number, area: DOMRect): void => {
    const at = Math.min(done, Math.max(0, ((clientX - area.left) / area.width) * last));
    setCursor(whole ? Math.round(at) : at);
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
          step={whole ? 1 : last / sliderPlaces}
          value={cursor ?? done}
          aria-label={t(scale ? "cursorOn" : "cursor")}
          aria-valuetext={say(cursor ?? done, digits)}
          onChange={(event) => setCursor(event.currentTarget.valueAsNumber)}
          onBlur={() => setCursor(null)}
        />
        {ticks.map((tick, index) => (
          <span key={tick} data-end={tick === last || undefined} style={shareStyle(tick / last)}>
            {index === 0 ? say(tick, 0) : formats.number(tick, digits)}
          </span>
        ))}
        {cursor === null ? null : <output style={shareStyle(cursor / last)}>{say(cursor, digits)}</output>}
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
