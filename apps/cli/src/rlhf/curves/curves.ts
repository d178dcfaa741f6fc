import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { callerPath } from "../files/caller-path.ts";
import { writeWhole } from "../files/folder.ts";
import { readManifest } from "../training/run-directory.ts";
import { UsageError } from "../usage-error.ts";
import { drawChart, type Panel, pngOf } from "./chart.ts";

/** Which figures share a panel, the training one first; panels without any are left out. */
const panels: readonly { title: string; names: readonly string[] }[] = [
  { title: "Loss (nats)", names: ["loss", "heldout.loss"] },
  { title: "Reward (deviations)", names: ["reward", "heldout.reward"] },
  { title: "KL (nats a completion, k1, temperature 1)", names: ["kl", "heldout.kl"] },
  { title: "Accuracy", names: ["accuracy", "heldout.accuracy"] },
  { title: "Log-ratio to the reference (nats)", names: ["chosenLogRatio", "rejectedLogRatio"] },
];

const Row = z.object({ step: z.number() }).catchall(z.number());

/** `rlhf curves`. @throws UsageError if the run has no metrics */
export async function curves(run: string): Promise<void> {
  const path = callerPath(run);
  if (!(await readManifest(path))) throw new UsageError(`${run} is no run directory: it has no manifest.json.`);
  const text = await readFile(join(path, "metrics.jsonl"), "utf8").catch(() => "");
  const rows = text.split("\n").flatMap((line) => (line === "" ? [] : [Row.parse(JSON.parse(line))]));
  const drawn = panels.map(({ title, names }): Panel => {
    const series = names.map((name) => ({
      name,
      points: rows.flatMap((row): [number, number][] => (row[name] === undefined ? [] : [[row.step, row[name]]])),
    }));
    return { title, series: series.filter(({ points }) => points.length > 0) };
  });
  const shown = drawn.filter(({ series }) => series.length > 0);
  if (shown.length === 0) throw new UsageError(`${run} has no metrics yet.`);
  const svg = drawChart(shown);
  await writeWhole(join(path, "curves.svg"), svg);
  await writeWhole(join(path, "curves.png"), pngOf(svg));
  process.stderr.write(`${join(path, "curves.svg")}\n${join(path, "curves.png")}\n`);
}
