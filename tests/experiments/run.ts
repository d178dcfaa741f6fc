import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { pngOf } from "../../apps/cli/src/rlhf/curves/chart.ts";
import { hasReferenceData } from "../harness/reference-data.ts";
import type { Experiment } from "./experiment.ts";

/** Each is loaded only when it is asked for. */
const experiments: Record<string, () => Promise<Experiment>> = {
  "four-uses": async () => (await import("./four-uses/experiment.ts")).fourUses,
  "frozen-features": async () => (await import("./frozen-features/run.ts")).frozenFeaturesExperiment,
  harmlessness: async () => (await import("./harmlessness/run.ts")).harmlessnessExperiment,
  "grpo-frontier": async () => (await import("./stories/run-frontier.ts")).grpoFrontier,
  "over-optimisation": async () => (await import("./stories/run-over-optimisation.ts")).overOptimisation,
  "policy-frontier": async () => (await import("./stories/run-frontier.ts")).policyFrontier,
  "reward-on-arguments": async () => (await import("./reward-on-arguments/run.ts")).rewardOnArgumentsExperiment,
  "stored-completions": async () => (await import("./stories/run-stored.ts")).storedCompletionsExperiment,
  "strict-arguments": async () => (await import("./strict-arguments/run.ts")).strictArgumentsExperiment,
  "tiny-shakespeare": async () => (await import("./tiny-shakespeare/run.ts")).tinyShakespeareExperiment,
  "translation-ratings": async () => (await import("./translation-ratings/run.ts")).translationRatingsExperiment,
};

const started = Date.now();
const seconds = () => Math.round((Date.now() - started) / 1000);
const say = (line: string) => process.stderr.write(`${String(seconds()).padStart(5)} s  ${line}\n`);

const help = `Usage: npm run experiment -- NAME

Measures whether learning works, for minutes to hours, and writes what came out to tests/experiments/results/NAME.json.
NAME is one of: ${Object.keys(experiments).join(", ")}.`;

const [name = ""] = process.argv.slice(2);
const experiment = Object.hasOwn(experiments, name) ? await experiments[name]?.() : undefined;
if (["--help", "-h"].includes(name)) process.stdout.write(`${help}\n`);
else if (!experiment) {
  process.stderr.write(`Name one of: ${Object.keys(experiments).join(", ")}.\n`);
  process.exitCode = 1;
} else if (experiment.needsReferenceData && !hasReferenceData) {
  process.stderr.write("The published data sets are not here; TOUCHSTONE_REFERENCE_DATA names their folder.\n");
  process.exitCode = 1;
} else if (experiment.lacks?.() !== undefined) {
  process.stderr.write(`${experiment.lacks()}\n`);
  process.exitCode = 1;
} else {
  const { result, table, figures = {} } = await experiment.run(say);
  // Told first: what took so long to find must not be lost with the file.
  process.stdout.write(`\n${table}\n`);
  const machine = { cores: cpus().length, node: process.versions.node };
  const command = `npm run experiment -- ${name}`;
  const content = { experiment: name, command, machine, seconds: seconds(), ...result };
  write(new URL(`results/${name}.json`, import.meta.url), `${JSON.stringify(content, null, 2)}\n`);
  for (const [figure, svg] of Object.entries(figures)) {
    write(new URL(`../../docs/figures/${figure}.svg`, import.meta.url), svg);
    write(new URL(`../../docs/figures/${figure}.png`, import.meta.url), pngOf(svg));
  }
}

function write(file: URL, content: string | Uint8Array): void {
  mkdirSync(new URL(".", file), { recursive: true });
  writeFileSync(file, content);
  process.stdout.write(`\n${seconds()} s; written to ${file.pathname}\n`);
}
