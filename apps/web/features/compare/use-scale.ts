import { useTranslations } from "next-intl";
import type { ChartScale, Curve } from "../../components/chart/chart-data.ts";
import { useFormats } from "../../components/use-formats.ts";
import type { CompareScale } from "./compare-address.ts";
import { unitFor } from "./curves-of.ts";

interface Scaled {
  /** Undefined for steps, which a chart knows by itself. */
  readonly scale: ChartScale | undefined;
  readonly curves: readonly Curve[];
  /** Where the longest of them ends. */
  readonly total: number;
}

/** The curves over the scale that is wanted, times in the unit that reads best. */
export function useScale(over: CompareScale, curves: readonly Curve[]): Scaled {
  const t = useTranslations("compare.curves.at");
  const formats = useFormats();
  const last = Math.max(0, ...curves.map(({ points }) => points.at(-1)?.[0] ?? 0));
  const { unit, seconds } = unitFor(last);
  if (over === "steps") return { scale: undefined, curves, total: last };
  if (over === "examples")
    return { scale: { whole: true, say: (at) => t("examples", { at: formats.number(at) }) }, curves, total: last };
  const say = (at: number, digits: number): string => t(unit, { at: formats.number(at, digits) });
  const scaled = curves.map((one) => ({
    ...one,
    points: one.points.map(([at, value]) => [at / seconds, value] as const),
  }));
  return { scale: { whole: false, say }, curves: scaled, total: last / seconds };
}
