import { drawChart } from "../../../apps/cli/src/rlhf/curves/chart.ts";
import type { Experiment } from "../experiment.ts";
import { readTinyShakespeare } from "./corpus.ts";
import { type Trained, trainOnPlays } from "./experiment.ts";
import { recipe } from "./recipe.ts";

const seeds = [1, 2, 3];
/** Published for this setting by nanoGPT's README: an estimate from 20 batches. */
const published = 1.88;
/** Steps that a point of the training curve is the mean of, to see through the noise of 12 windows. */
const binned = 20;
/** Student's t for a two-sided 95 % interval with two degrees of freedom. */
const t95 = 4.303;

export const tinyShakespeareExperiment: Experiment = {
  needsReferenceData: true,
  async run(say) {
    const plays = await readTinyShakespeare();
    const runs: Trained[] = [];
    for (const seed of seeds) runs.push(await trainOnPlays(recipe, plays, seed, say));
    const finals = runs.map(({ final }) => final);
    const mean = meanOf(finals);
    const deviation = Math.sqrt(finals.reduce((sum, final) => sum + (final - mean) ** 2, 0) / (finals.length - 1));
    const reach = (t95 * deviation) / Math.sqrt(finals.length);
    const summary = { mean, low: mean - reach, high: mean + reach, deviation, published };
    return {
      result: { recipe, ...summary, runs: runs.map(({ seed, final, heldOut }) => ({ seed, final, heldOut })) },
      table: tableOf(runs, summary),
      figures: { "tiny-shakespeare": figureOf(runs) },
    };
  },
};

function tableOf(runs: readonly Trained[], { mean, low, high }: { mean: number; low: number; high: number }): string {
  const rows = [
    ...runs.map(({ seed, final }) => [`seed ${seed}`, final.toFixed(4)]),
    ["**mean**", `**${mean.toFixed(4)}** [${low.toFixed(4)}, ${high.toFixed(4)}]`],
    ["published, 20 batches", published.toFixed(2)],
  ];
  return ["| | nats a character, held out |", "|---|---|", ...rows.map((cells) => `| ${cells.join(" | ")} |`)].join(
    "\n",
  );
}

/** Training and held-out loss, each the mean of the seeds. */
function figureOf(runs: readonly Trained[]): string {
  const [first] = runs;
  const bins = Array.from({ length: Math.floor(recipe.steps / binned) }, (_, bin): [number, number] => {
    const values = runs.flatMap(({ loss }) => loss.slice(bin * binned, (bin + 1) * binned).map(([, value]) => value));
    return [(bin + 1) * binned, meanOf(values)];
  });
  const looks = (first?.heldOut ?? []).map(([step], index): [number, number] => [
    step,
    meanOf(runs.map(({ heldOut }) => heldOut[index]?.[1] ?? Number.NaN)),
  ]);
  return drawChart([
    {
      title: "Tiny Shakespeare by character: loss (nats), mean of three seeds",
      series: [
        { name: "training", points: bins },
        { name: "held out", points: looks },
      ],
    },
  ]);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
