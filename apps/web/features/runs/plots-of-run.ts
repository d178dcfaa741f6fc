import type { MetricSeries } from "@touchstone/contracts";
import type { Plot } from "../../components/chart/chart-data.ts";

/** What matters most stands first, and the first is drawn higher; each plot holds the training curve and its held-out twin. */
export const plotIds = [
  "reward",
  "loss",
  "accuracy",
  "chosenLogRatio",
  "rejectedLogRatio",
  "kl",
  "entropy",
  "length",
  "judgements",
] as const;
export type PlotId = (typeof plotIds)[number];

/**
 * The plots of a run, in a fixed order, without those it has no figures for. `baseline.*` figures are yardsticks and
 * not curves: they stand on the model's page.
 */
export function plotsOfRun(
  series: readonly MetricSeries[],
  label: (id: PlotId | "heldout" | "train") => string,
  note: (id: PlotId) => string,
): Plot[] {
  const byName = new Map(series.map((one) => [one.name, one.points]));
  const plots = plotIds.flatMap((id): Plot[] => {
    const train = byName.get(id);
    const heldout = byName.get(`heldout.${id}`);
    const curves = [
      ...(train ? [{ id, label: label("train"), points: train }] : []),
      ...(heldout ? [{ id: `heldout.${id}`, label: label("heldout"), points: heldout }] : []),
    ];
    if (id === "judgements" && train) return [countOf(id, train, label(id), note(id))];
    return curves.length === 0 ? [] : [{ id, title: label(id), curves, note: note(id) }];
  });
  return plots.map((plot, index) => ({ ...plot, tall: index === 0 }));
}

/** How many there are by now: a line that begins at nothing. */
function countOf(id: PlotId, points: MetricSeries["points"], title: string, label: string): Plot {
  return { id, title, curves: [{ id, label, points: [[0, 0], ...points] }], exact: true };
}
