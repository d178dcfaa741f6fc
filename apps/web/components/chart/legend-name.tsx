import type { ReactNode } from "react";
import { type Curve, strokeOf } from "./chart-data.ts";

interface LegendNameProps {
  readonly curve: Curve;
  /** Its place among the plot's curves, which gives it colour and dashes. */
  readonly index: number;
  readonly pressed: boolean;
  readonly onPress: () => void;
  /** The reading under the cursor. */
  readonly children: ReactNode;
}

/** A curve in the legend. One of several runs can be made to stand out, by key and by touch as by mouse. */
export function LegendName({ curve, index, pressed, onPress, children }: LegendNameProps): ReactNode {
  const name = (
    <>
      <svg aria-hidden="true" viewBox="0 0 16 6" className="h-1.5 w-4 self-center">
        <path d="M0 3H16" strokeWidth="2" {...strokeOf(index, curve)} />
      </svg>
      {curve.mark === undefined ? null : <span className="font-semibold">{curve.mark}</span>}
      {curve.label}
      <b className="inline-block min-w-[3em] font-medium text-ink">{children}</b>
    </>
  );
  const look = "inline-flex gap-1.5 text-ink-2";
  if (curve.mark === undefined) return <span className={`${look} items-baseline`}>{name}</span>;
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      className={`${look} min-h-6 items-center rounded-md px-1 text-left hover:bg-sunken aria-pressed:bg-accent-soft max-md:min-h-(--control-touch)`}
    >
      {name}
    </button>
  );
}
