import type { MetricSeries, RunView } from "@touchstone/contracts";
import type { Point } from "../../components/chart/curve.ts";
import type { CompareScale } from "./compare-address.ts";

/** Why a run has no line on the plot. */
export type NoCurve =
  /** Nothing made it here, or what did has been deleted. */
  | "noRun"
  /** It measures something else. */
  | "noMetric"
  /** When its points were drawn was not kept yet. */
  | "noTimes"
  /** Its steps are no examples. */
  | "noExamples";

/** A run's points over a scale, or why there are none. */
export type CurveOrNot =
  | { readonly kind: "curve"; readonly points: readonly Point[] }
  | { readonly kind: "none"; readonly why: NoCurve };

type Settings = Pick<RunView, "spec">;

/**
 * Examples (texts, answers, pairs, windows) that a step of a run learns from; null where that is not what its steps are.
 * Trainers fill each batch, also the last, and answers of one prompt count each.
 */
export function examplesOfStep({ spec }: Settings): number | null {
  const { batchSize, samplesPerPrompt, frozen } = spec;
  if (typeof batchSize !== "number" || frozen !== undefined) return null;
  return batchSize * (typeof samplesPerPrompt === "number" ? samplesPerPrompt : 1);
}

export function curveOver(run: Settings, series: MetricSeries | undefined, over: CompareScale): CurveOrNot {
  if (series === undefined || series.points.length === 0) return { kind: "none", why: "noMetric" };
  if (over === "steps") return { kind: "curve", points: series.points };
  if (over === "examples") {
    const perStep = examplesOfStep(run);
    if (perStep === null) return { kind: "none", why: "noExamples" };
    return { kind: "curve", points: series.points.map(([step, value]) => [step * perStep, value]) };
  }
  const points = series.points.flatMap(([, value], at): Point[] => {
    const seconds = series.seconds?.[at];
    return typeof seconds === "number" ? [[Math.max(0, seconds), value]] : [];
  });
  // A part of them is no curve of the whole run.
  if (points.length < series.points.length) return { kind: "none", why: "noTimes" };
  return { kind: "curve", points };
}

export type TimeUnit = "seconds" | "minutes" | "hours";
const secondsIn = { seconds: 1, minutes: 60, hours: 3_600 } as const satisfies Record<TimeUnit, number>;

/** The unit in which the longest of the times is read best. */
export function unitFor(seconds: number): { readonly unit: TimeUnit; readonly seconds: number } {
  // So many of a unit are read as well as few of the next.
  const unit = (["seconds", "minutes"] as const).find((one) => seconds < 180 * secondsIn[one]) ?? "hours";
  return { unit, seconds: secondsIn[unit] };
}

/** In which order figures are proposed: those with a point at every step first, then those of the looks at held-out rows. */
const proposed = ["reward", "loss", "accuracy", "kl", "heldout.reward", "heldout.accuracy", "heldout.loss"];

/** Figures that any of the runs has: those that more of them have first, then by what they say. */
export function metricsOf(namesByRun: readonly (readonly string[])[]): string[] {
  const counts = new Map<string, number>();
  for (const name of namesByRun.flat()) counts.set(name, (counts.get(name) ?? 0) + 1);
  const place = (name: string): number => {
    const at = proposed.indexOf(name);
    return at === -1 ? proposed.length : at;
  };
  return [...counts.keys()].toSorted(
    (one, other) =>
      (counts.get(other) ?? 0) - (counts.get(one) ?? 0) || place(one) - place(other) || (one < other ? -1 : 1),
  );
}
