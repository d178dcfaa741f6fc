import { useTranslations } from "next-intl";
import { type PlotId, plotIds } from "../runs/plots-of-run.ts";

/** What a curve is called: in the reader's words where the page of a run has them, else by the trainer's own name. */
export function useMetricName(): (name: string) => string {
  const t = useTranslations("runs.plots");
  const own = useTranslations("compare.curves");
  const known = (name: string): PlotId | undefined => plotIds.find((id) => id === name);
  return (name) => {
    const heldOut = name.startsWith("heldout.");
    const id = known(heldOut ? name.slice("heldout.".length) : name);
    if (id === undefined) return name;
    // Counts are of no split.
    if (id === "judgements") return t(id);
    return own("ofSplit", { figure: t(id), split: t(heldOut ? "heldout" : "train") });
  };
}
