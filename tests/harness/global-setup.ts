import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endFormerRun, isDataFolderLocked, openStack } from "@touchstone/stack";
import type { TestProject } from "vitest/node";
import { makeTemplateDatabase } from "./template-database.ts";

const prefix = "touchstone-test-";
/** A folder younger than this may belong to a run that has not taken its lock yet. */
const sweepAfterMs = 60_000;

declare module "vitest" {
  interface ProvidedContext {
    /** The maintenance database of the run's server; tests make their own from the template. */
    databaseUrl: string;
    redisUrl: string;
  }
}

/** One Postgres and one Redis for a whole run, in a folder that goes with it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweepFoldersOfKilledRuns();
  const dataDir = mkdtempSync(join(tmpdir(), prefix));
  // Run by root, Postgres is another user, who must be able to enter.
  chmodSync(dataDir, 0o711);
  const stack = await openStack({ dataDir, log: (line) => process.stderr.write(`${line}\n`) });
  await makeTemplateDatabase(stack.databaseUrl);
  project.provide("databaseUrl", stack.databaseUrl);
  project.provide("redisUrl", stack.redisUrl);
  return async () => {
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

async function sweepFoldersOfKilledRuns(): Promise<void> {
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith(prefix));
  for (const folder of folders.map((name) => join(tmpdir(), name))) {
    const age = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age < sweepAfterMs || isDataFolderLocked(folder)) continue;
    await endFormerRun(folder, () => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
}
