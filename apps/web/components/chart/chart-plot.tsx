"use client";
import { type CSSProperties, memo, type ReactNode, useMemo, useState } from "react";
import { useFormats } from "../use-formats.ts";
import { type Axis, axisFor, digitsFor } from "./axis.ts";
import { type Plot, strokeOf } from "./chart-data.ts";
import { apart, dotOf, pathOf, readingAt, smooth, thin } from "./curve.ts";
import { LegendName } from "./legend-name.tsx";

interface ChartPlotProps {
  readonly plot: Plot;
  readonly total: number;
  readonly smoothing: number;
  /** The step under the cursor; the newest reading without one. */
  readonly cursor: number | null;
  readonly alertSteps: readonly number[];
}

/** One set of axes: its legend is its readout, lines in a stretched drawing, labels outside of it. */
export function ChartPlot({ plot, total, smoothing, cursor, alertSteps }: ChartPlotProps): ReactNode {
  const formats = useFormats();
  const lines = useMemo(
    () => plot.curves.map((curve) => ({ curve, smoothed: smooth(curve.points, plot.exact ? 0 : smoothing) })),
    [plot.curves, plot.exact, smoothing],
  );
  const axis = useMemo(
    () => axisFor(plot.curves.flatMap(({ points }) => points.map(([, value]) => value))),
    [plot.curves],
  );
  const digits = digitsFor(axis);
  const [alone, setAlone] = useState<string | null>(null);
  return (
    <section className="chart-plot" aria-label={plot.title}>
      <header className="chart-legend">
        <h2 className="font-semibold">{plot.title}</h2>
        {lines.map(({ curve, smoothed }, index) => {
          const reading = readingAt(smoothed, cursor ?? Number.POSITIVE_INFINITY);
          return (
            <LegendName
              key={curve.id}
              {...{ curve, index }}
              pressed={alone === curve.id}
              onPress={() => setAlone(alone === curve.id ? null : curve.id)}
            >
              {reading ? formats.number(reading[1], plot.exact ? 0 : digits + 1) : "–"}
            </LegendName>
          );
        })}
        {plot.note ? <span className="ml-auto text-ink-3 max-md:hidden">{plot.note}</span> : null}
      </header>
      <div className="relative" aria-hidden="true">
        {axis.ticks.map((tick) => (
          <span key={tick} className="chart-tick" style={{ bottom: `${place(axis, tick) * 100}%` }}>
            {formats.number(tick, digits)}
          </span>
        ))}
      </div>
      <div className={`chart-area ${plot.tall ? "chart-tall" : ""}`}>
        <Drawing {...{ axis, total, lines, alone }} />
        <EndMarks {...{ axis, total, lines }} />
        {[...new Set(alertSteps)].map((step) => (
          <i key={step} className="chart-alert-line" style={at(step / total)} />
        ))}
        {cursor === null ? null : <i className="chart-cursor-line" style={at(cursor / total)} />}
      </div>
    </section>
  );
}

const place = (axis: Axis, value: number): number => (value - axis.from) / (axis.to - axis.from);
const at = (share: number): CSSProperties => ({ left: `${share * 100}%` });

interface DrawingProps {
  readonly axis: Axis;
  readonly total: number;
  readonly lines: readonly {
    readonly curve: Plot["curves"][number];
    readonly smoothed: Plot["curves"][number]["points"];
  }[];
  /** The line that stands out; the others step back. */
  readonly alone: string | null;
}

/** The short names of lines that have one, where each ends. */
function EndMarks({ axis, total, lines }: Omit<DrawingProps, "alone">): ReactNode {
  const ends = lines.flatMap(({ curve, smoothed }) => {
    const end = smoothed.findLast(([, value]) => Number.isFinite(value));
    if (curve.mark === undefined || !end) return [];
    return [{ id: curve.id, x: end[0] / total, y: place(axis, end[1]) }];
  });
  const markOf = new Map(lines.map(({ curve }) => [curve.id, curve.mark]));
  return apart(ends).map(({ id, x, y }) => (
    <span key={id} aria-hidden="true" className="chart-mark" style={{ left: `${x * 100}%`, bottom: `${y * 100}%` }}>
      {markOf.get(id)}
    </span>
  ));
}

/** The cursor moves sixty times a second, the lines do not: they are drawn again only when their points change. */
const Drawing = memo(function Drawing({ axis, total, lines, alone }: DrawingProps): ReactNode {
  const x = (step: number): number => step / total;
  const y = (value: number): number => place(axis, value);
  return (
    <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
      <path
        className="stroke-line"
        d={axis.ticks.map((tick) => `M0 ${((1 - y(tick)) * 100).toFixed(2)}H1000`).join("")}
      />
      {lines.map(({ curve, smoothed }, index) => {
        const stroke = strokeOf(index, curve);
        return (
          <g
            key={curve.id}
            fill="none"
            strokeLinejoin="round"
            opacity={alone === null || alone === curve.id ? 1 : 0.2}
            {...stroke}
          >
            {curve.dashed || smoothed.length < 3 ? null : (
              <path d={pathOf(thin(curve.points), x, y)} strokeWidth="1" strokeDasharray="none" opacity="0.3" />
            )}
            <path d={pathOf(thin(smoothed), x, y)} strokeWidth={curve.dashed ? 1.5 : 2} />
            <path d={dotOf(smoothed, x, y)} strokeWidth="7" strokeLinecap="round" strokeDasharray="none" />
          </g>
        );
      })}
    </svg>
  );
});
