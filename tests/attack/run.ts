import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openDatabase } from "@touchstone/persistence";
import { openStack } from "@touchstone/stack";
import { spawnApi } from "../harness/api-process.ts";
import { withDatabase } from "../harness/database-url.ts";
import { makeTemplateDatabase, templateName } from "../harness/template-database.ts";
import { attack, type Outcome } from "./attack.ts";

const help = `Usage: npm run attack -- [options]

Tries 40 ways to be slow or large on an API of its own, on the loopback, each beside 16 annotators at work, and tells
what these felt of it. Ends with 1 where one of them was answered by 500 or above, or an answer was lost or doubled.

  --way NAME     only this way; may be given several times. “an import of 1,000,000 rows” is tried only so, and takes
                 minutes (--seconds 900); it ends with the import
  --seconds N    how long each way is tried (default 3)
  --json         one JSON object as the last line instead of a table
  -h, --help     this text`;

const { values } = parseArgs({
  options: {
    way: { type: "string", multiple: true },
    seconds: { type: "string", default: "3" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

const cells = ({ by, way, answers, judged, p99Ms, healthMs, troubles }: Outcome) =>
  [by, way, judged, p99Ms, healthMs, troubles, answers].join(" | ");

if (values.help) {
  process.stdout.write(`${help}\n`);
} else {
  const seconds = Number(values.seconds);
  if (!(seconds > 0)) throw new RangeError("--seconds is a number above 0.");
  const dataDir = mkdtempSync(join(tmpdir(), "touchstone-attack-"));
  // Run by root, Postgres is another user, who must be able to enter.
  chmodSync(dataDir, 0o711);
  const stack = await openStack({ dataDir, log: (line) => process.stderr.write(`${line}\n`) });
  try {
    await makeTemplateDatabase(stack.databaseUrl);
    const databaseUrl = withDatabase(stack.databaseUrl, templateName);
    const api = await spawnApi({ databaseUrl, redisUrl: stack.redisUrl });
    const open = openDatabase(databaseUrl);
    if (!values.json) process.stdout.write("by | way | judged | p99 ms | health ms | troubles | answers\n");
    const { hostname: host, port } = new URL(api.url);
    const report = await attack({
      db: open.db,
      target: { host, port: Number(port) },
      seconds,
      wanted: ({ name, isLong }) => values.way?.includes(name) ?? !isLong,
      say: (outcome) => (values.json ? process.stderr : process.stdout).write(`${cells(outcome)}\n`),
    });
    const { lost, doubled, outcomes } = report;
    const troubles = outcomes.reduce((sum, outcome) => sum + outcome.troubles, 0);
    process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `lost ${lost}, doubled ${doubled}\n`);
    process.exitCode = lost + doubled + troubles > 0 ? 1 : 0;
    await open.close();
    await api.kill();
  } finally {
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
