import type { CSSProperties, ReactNode } from "react";
import { classNames } from "../class-names.ts";

/** A length between 0 and 1 as the percentage that CSS wants; whatever lies outside is drawn at the edge. */
export function asPercentage(share: number): string {
  const inside = Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
  return `${(inside * 100).toFixed(2)}%`;
}

interface StreakProps {
  /** Share done, 0 to 1. */
  readonly value: number;
  /** What progresses, for those who cannot see it; without it the streak is decoration beside its own figure. */
  readonly label?: string;
  readonly className?: string;
}

/** Progress. */
export function Streak({ value, label, className }: StreakProps): ReactNode {
  const style: CSSProperties & Record<"--v", string> = { "--v": asPercentage(value) };
  const accessible = label
    ? {
        role: "progressbar",
        "aria-label": label,
        "aria-valuenow": Math.round(value * 100),
        "aria-valuemin": 0,
        "aria-valuemax": 100,
      }
    : { "aria-hidden": true };
  return (
    <div {...accessible} className={classNames("streak", className)}>
      <i style={style} />
    </div>
  );
}

/** Something is on its way and nobody knows how much of it: instead of a spinner. */
export function WaitingStreak({
  label,
  className,
}: {
  readonly label: string;
  readonly className?: string;
}): ReactNode {
  return (
    <div role="status" aria-label={label} className={classNames("streak w-32", className)} data-waiting="">
      <i />
    </div>
  );
}
