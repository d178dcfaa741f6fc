import { openEngine } from "@touchstone/engine";
import { drawChart } from "../../../apps/cli/src/rlhf/curves/chart.ts";
import type { Experiment } from "../experiment.ts";
import { mean } from "./measure.ts";
import { type Look, overOptimise, slippingLabels } from "./over-optimisation.ts";
import { overOptimised, seeds } from "./recipes.ts";
import { storedCompletions } from "./stored.ts";
import { storyModel } from "./story-model.ts";

/** Completions that the labels are chosen from. */
const completions = 2_000;

/** Does a reward learned from few labels go on rising while what it stands for falls (Gao et al. 2023)? */
export const overOptimisation: Experiment = {
  needsReferenceData: true,
  async run(say) {
    const engine = await openEngine();
    const start = await storyModel();
    const runs: { seed: number; looks: Look[] }[] = [];
    for (const seed of seeds) {
      const stored = await storedCompletions(engine, start, completions, seed);
      const labels = slippingLabels(stored, overOptimised.labels, overOptimised.slips, seed);
      runs.push({ seed, looks: await overOptimise(engine, start, labels, overOptimised, seed) });
      const { proxy, gold } = peaksOf(runs.at(-1)?.looks ?? []);
      say(
        `seed ${seed}: the learned reward ends at ${proxy.toFixed(2)}, the rule at ${gold.last.toFixed(2)} after ${gold.top.toFixed(2)}`,
      );
    }
    const looks = meanLooks(runs.map((run) => run.looks));
    const table = [
      "| step | KL, nats | learned reward | rule |",
      "|---|---|---|---|",
      ...looks.map(
        ({ step, kl, proxy, gold }) => `| ${step} | ${kl.toFixed(1)} | ${proxy.toFixed(2)} | ${gold.toFixed(2)} |`,
      ),
    ].join("\n");
    return {
      result: { engine: engine.reason, recipe: overOptimised, runs },
      table,
      figures: { "over-optimisation": figureOf(looks) },
    };
  },
};

function peaksOf(looks: readonly Look[]) {
  const golds = looks.map(({ gold }) => gold);
  return {
    proxy: looks.at(-1)?.proxy ?? Number.NaN,
    gold: { top: Math.max(...golds), last: golds.at(-1) ?? Number.NaN },
  };
}

function meanLooks(runs: readonly (readonly Look[])[]): Look[] {
  return (runs[0] ?? []).map(({ step }, index) => {
    const own = runs.flatMap((looks) => looks[index] ?? []);
    const of = (name: "kl" | "proxy" | "gold") => mean(own.map((look) => look[name]));
    return { step, kl: of("kl"), proxy: of("proxy"), gold: of("gold") };
  });
}

function figureOf(looks: readonly Look[]): string {
  const x = "√KL to the start (√nats a completion, k1, temperature 1)";
  const line = (name: string, of: "proxy" | "gold") => ({
    name,
    points: looks.map((look): [number, number] => [Math.sqrt(Math.max(0, look.kl)), look[of]]),
  });
  return drawChart([
    { title: "The reward that was learned (deviations)", x, series: [line("learned reward", "proxy")] },
    { title: "What it stands for (words of warmth)", x, series: [line("rule", "gold")] },
  ]);
}
