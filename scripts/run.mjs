// The one door: `npm start`, `npm test` and every other command come in here, on a clean checkout too.
// Plain JavaScript without dependencies, since it runs before anything is installed.
import { endOnSignals, unlessEnding } from "./setup/stop.mjs";

endOnSignals();
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Touchstone needs Node.js 20.19 or newer; this is ${process.versions.node}. See https://nodejs.org.`);
  process.exit(1);
}

const [command = "help", ...rest] = process.argv.slice(2);
const { setUp, tellFailure } = await import("./setup/index.mjs");

try {
  if (command === "setup") await setUp({ apps: rest.length > 0 ? rest : undefined });
  else if (command === "test") await test();
  else if (command === "experiment") await experiment();
  else if (command === "bench") await bench();
  else if (command === "attack") await attack();
  else if (command === "chaos") await chaos();
  else if (command === "tfjs-node") await tfjsNode();
  else if (command === "start") await runCli({});
  else if (command === "dev") await runCli({ apps: ["cli"] });
  else if (command === "rlhf") await rlhf();
  else if (["import", "real-model", "operator", "backup", "restore"].includes(command)) await runCli({ apps: ["cli"] });
  else await runCli({ apps: ["api", "worker", "cli"] });
} catch (error) {
  await unlessEnding();
  tellFailure(error);
  process.exit(1);
}

async function test() {
  await setUp({});
  const { runTests } = await import("./test/index.mjs");
  const code = await runTests(rest);
  await unlessEnding();
  process.exit(code);
}

/** Experiments are TypeScript that is never bundled; the API and the workers that they try are the built ones. */
async function experiment() {
  await setUp({ apps: ["api", "worker"] });
  await runSource("../tests/experiments/run.ts");
}

/** What is attacked is the built API; its attackers are TypeScript that is never bundled. */
async function attack() {
  await setUp({ apps: ["api"] });
  await runSource("../tests/attack/run.ts");
}

async function tfjsNode() {
  const { buildTfjsNode } = await import("./tfjs-node/index.mjs");
  await buildTfjsNode();
}

/** Benchmarks start what they measure themselves, from source; decisions are made on the built product. */
async function bench() {
  await setUp(rest.includes("decision") ? {} : { apps: [] });
  await runSource("../tests/bench/run.ts");
}

/** What it breaks is the built product. */
async function chaos() {
  await setUp({});
  await runSource("../tests/chaos/run.ts");
}

async function runSource(file) {
  const { register } = await import("tsx/esm/api");
  register();
  process.argv = [process.execPath, command, ...rest];
  await import(file);
}

/** Training holds the loop of its process for as long as a step takes: this one hears signals meanwhile, and has the last word. */
async function rlhf() {
  await setUp({ apps: ["cli"] });
  const { cliBundle } = await import("./setup/paths.mjs");
  const { beside } = await import("./setup/command.mjs");
  const code = await beside(cliBundle.pathname, [command, ...rest]);
  if (code !== 0) await unlessEnding();
  process.exit(code);
}

/** Same process, so that signals and the exit code need no relay. */
async function runCli(needs) {
  await setUp(needs);
  const { cliBundle } = await import("./setup/paths.mjs");
  process.setSourceMapsEnabled(true);
  process.argv = [process.execPath, cliBundle.pathname, command, ...rest];
  await import(cliBundle.href);
}
