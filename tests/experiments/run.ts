import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { hasReferenceData } from "../harness/reference-data.ts";
import { withLaboratory } from "./laboratory.ts";
import { rewardOnArguments } from "./reward-on-arguments/experiment.ts";
import { tableOf } from "./reward-on-arguments/table.ts";

/** One worker a core, and no more than two: the figures do not depend on it, only the time. */
const lanes = Math.min(2, availableParallelism());
const started = Date.now();
const seconds = () => Math.round((Date.now() - started) / 1000);
const say = (line: string) => process.stderr.write(`${String(seconds()).padStart(5)} s  ${line}\n`);

/** Each returns what is committed under results/ and what is shown on the terminal. */
const experiments: Record<string, () => Promise<{ result: object; table: string }>> = {
  "reward-on-arguments": async () => {
    const result = await withLaboratory(lanes, say, (laboratory) => rewardOnArguments(laboratory, lanes, say));
    const table = tableOf(result.pooled, result.control);
    const fresh = tableOf(result.withoutDevelopmentFold);
    return { result, table: `${table}\n\nWithout the fold that the recipe was decided on:\n${fresh}` };
  },
};

const [name = ""] = process.argv.slice(2);
const experiment = experiments[name];
if (!experiment || !hasReferenceData) {
  const known = Object.keys(experiments).join(", ");
  const why = experiment
    ? "The published data sets are not here; TOUCHSTONE_REFERENCE_DATA names their folder."
    : `Name one of: ${known}.`;
  process.stderr.write(`${why}\n`);
  process.exitCode = 1;
} else {
  const { result, table } = await experiment();
  // Told first: what took so long to find must not be lost with the file.
  process.stdout.write(`\n${table}\n`);
  const machine = { cores: cpus().length, node: process.versions.node, lanes };
  const file = new URL(`results/${name}.json`, import.meta.url);
  const content = {
    experiment: name,
    command: `npm run experiment -- ${name}`,
    machine,
    seconds: seconds(),
    ...result,
  };
  mkdirSync(new URL(".", file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  process.stdout.write(`\n${seconds()} s; written to ${file.pathname}\n`);
}
