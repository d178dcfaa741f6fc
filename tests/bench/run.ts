import { parseArgs } from "node:util";
import type { Bench } from "./bench.ts";
import { countOf } from "./count.ts";
import { reportOf, tableOf } from "./report.ts";

/** Each is loaded only when it is asked for. */
const benches: Record<string, () => Promise<Bench>> = {
  train: async () => (await import("./train/bench.ts")).trainBench,
  generate: async () => (await import("./generate/bench.ts")).generateBench,
  claim: async () => (await import("./claim/bench.ts")).claimBench,
  sockets: async () => (await import("./sockets/bench.ts")).socketsBench,
  browse: async () => (await import("./browse/bench.ts")).browseBench,
  import: async () => (await import("./import/bench.ts")).importBench,
  export: async () => (await import("./export/bench.ts")).exportBench,
  decision: async () => (await import("./decision/bench.ts")).decisionBench,
};

const help = `Usage: npm run --silent bench -- NAME [options]

Measures speed against a peer in the same run (docs/benchmarks.md). NAME is one of: ${Object.keys(benches).join(", ")}.

  --json         one JSON object as the last line instead of a table
  --case CASE    only this case; may be given several times
  --rounds N     rounds, by turns with the peer (default 5)
  --seconds N    seconds of each measurement (default 4)
  --tasks N      tasks of the largest project of claim, rows of import or judgements of export, such as 10M (default 1M)
  -h, --help     this text`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: "boolean", short: "h", default: false },
    json: { type: "boolean", default: false },
    case: { type: "string", multiple: true },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "4" },
    tasks: { type: "string" },
  },
});
const [name = ""] = positionals;
const started = Date.now();
const say = (line: string) =>
  process.stderr.write(`${String(Math.round((Date.now() - started) / 1_000)).padStart(5)} s  ${line}\n`);

try {
  if (values.help) {
    process.stdout.write(`${help}\n`);
    process.exit(0);
  }
  const bench = await load(name);
  if (values.tasks !== undefined && !bench.takesTasks)
    throw new RangeError(`${name} has no --tasks; claim, import and export have.`);
  const tasks = countOf("--tasks", values.tasks ?? "1M");
  const effort = { rounds: Number(values.rounds), seconds: Number(values.seconds), tasks };
  const unknown = values.case?.find((wanted) => !bench.cases.includes(wanted));
  if (unknown !== undefined) throw new RangeError(`--case ${unknown}: it is one of ${bench.cases.join(", ")}.`);
  if (!Number.isInteger(effort.rounds) || effort.rounds < 1) throw new RangeError("--rounds is a whole number from 1.");
  if (!(effort.seconds > 0)) throw new RangeError("--seconds is a number above 0.");
  const rows = await bench.run((each) => values.case?.includes(each) ?? true, effort, say);
  const report = reportOf(name, rows);
  process.stdout.write(`${values.json ? JSON.stringify(report) : tableOf(report)}\n`);
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function load(asked: string): Promise<Bench> {
  const bench = Object.hasOwn(benches, asked) ? await benches[asked]?.() : undefined;
  if (bench) return bench;
  throw new RangeError(`Name one of: ${Object.keys(benches).join(", ")}.`);
}
