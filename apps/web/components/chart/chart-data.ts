import type { Point } from "./curve.ts";

export interface Curve {
  readonly id: string;
  readonly label: string;
  readonly points: readonly Point[];
  /** A run to compare with. */
  readonly dashed?: boolean;
  /** A short name that stands at the line's end too, so that nobody has to tell lines apart by their colour. */
  readonly mark?: string;
}

export interface Plot {
  readonly id: string;
  readonly title: string;
  /** At most six: the palette has no more, and neither has a reader. */
  readonly curves: readonly Curve[];
  /** What the figures are, such as "nats to the start model". */
  readonly note?: string;
  /** A count and no measurement: it is drawn and read as it is, never smoothed. */
  readonly exact?: boolean;
  /** The plot that matters most is drawn higher. */
  readonly tall?: boolean;
}

/** What the points are drawn over: steps, unless something else is said. */
export interface ChartScale {
  /** A place on it in words, such as "step 40" or "1.5 min"; `digits` as many decimals as tell places apart. */
  readonly say: (at: number, digits: number) => string;
  /** Whether it is counted in wholes, as steps are. */
  readonly whole: boolean;
}

/** In plain words, pinned to the step where it arose. */
export interface ChartAlert {
  readonly step: number;
  readonly message: string;
}

/** From the third curve on a dash pattern joins the colour; where each stands for another run, from the second. */
const dashes = ["", "", "6 3", "2 3", "8 3 2 3", "1 2"];
const markedDashes = ["", "12 3", ...dashes.slice(2)];

export function strokeOf(index: number, curve: Curve): { stroke: string; strokeDasharray?: string } {
  const dash = curve.dashed ? "5 3" : (curve.mark === undefined ? dashes : markedDashes)[index];
  return { stroke: `var(--c${(index % 6) + 1})`, ...(dash ? { strokeDasharray: dash } : {}) };
}
