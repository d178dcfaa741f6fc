import { signalsTable } from "./faults/signals-table.ts";
import { faultsTable } from "./faults/table.ts";

/** Each prints its own table and says whether all held. */
const parts: Record<string, () => Promise<boolean>> = {
  processes: () => faultsTable(["processes"]),
  disks: () => faultsTable(["disks"]),
  apis: () => faultsTable(["apis"]),
  signals: signalsTable,
};

const help = `Usage: npm run chaos -- [NAME]

Breaks the built product on purpose, for minutes, and prints what came of it; the exit code is 0 where all held.
NAME is one of: ${Object.keys(parts).join(", ")}. Without one, all run.`;

const [name] = process.argv.slice(2);
const part = name !== undefined && Object.hasOwn(parts, name) ? parts[name] : undefined;
if (name === "--help" || name === "-h") process.stdout.write(`${help}\n`);
else if (name !== undefined && !part) {
  process.stderr.write(`Name one of: ${Object.keys(parts).join(", ")}.\n`);
  process.exitCode = 1;
} else {
  let held = true;
  for (const run of part ? [part] : Object.values(parts)) held = (await run()) && held;
  process.exitCode = held ? 0 : 1;
}
