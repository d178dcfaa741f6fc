import { setTimeout as sleep } from "node:timers/promises";
import type { RunView } from "@touchstone/contracts";
import { type Database, getRun } from "@touchstone/persistence";

const ended = new Set(["succeeded", "failed", "cancelled"]);

/** Milliseconds between two looks at a run. */
const every = 300;

/**
 * Waits for a run, telling its progress on stderr.
 * @throws Error with the run's own words when it did not succeed.
 */
export async function runToEnd(
  db: Database,
  workspaceId: string,
  id: string,
  say: (line: string) => void,
): Promise<RunView> {
  let told = "";
  for (;;) {
    const run = await getRun(db, workspaceId, id);
    const progress = run.totalSteps ? ` ${Math.floor((10 * run.step) / run.totalSteps) * 10} %` : "";
    const line = `${run.name}: ${run.state}${run.state === "running" ? progress : ""}`;
    if (line !== told) say(line);
    told = line;
    if (run.state === "succeeded") return run;
    if (ended.has(run.state))
      throw new Error(`The run “${run.name}” ${run.state}: ${run.error?.message ?? "no reason given"}`);
    await sleep(every);
  }
}
