import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endFormerRun, isDataFolderLocked, openStack } from "@touchstone/stack";
import type { TestProject } from "vitest/node";
import { filesAtOnce } from "./files-at-once.ts";
import { makeTemplateDatabase } from "./template-database.ts";

const prefix = "touchstone-test-";
/** Of the folders in it, one for each further Redis. */
const redisPrefix = "redis-";
/** A folder younger than this may belong to a run that has not taken its lock yet. */
const sweepAfterMs = 60_000;

declare module "vitest" {
  interface ProvidedContext {
    /** The maintenance database of the run's server; tests make their own from the template. */
    databaseUrl: string;
    /** One Redis for each of the files that run side by side. */
    redisUrls: string[];
  }
}

/**
 * One Postgres for a whole run, and a Redis for each file that runs beside others, in a folder that goes with it: databases
 * are made apart on one server, while what is published on a Redis is heard by all who use it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweepFoldersOfKilledRuns();
  const dataDir = mkdtempSync(join(tmpdir(), prefix));
  // Run by root, Postgres is another user, who must be able to enter.
  chmodSync(dataDir, 0o711);
  const log = (line: string) => process.stderr.write(`${line}\n`);
  const stack = await openStack({ dataDir, log });
  // Told of a Postgres, a stack starts a Redis only.
  const env = { DATABASE_URL: stack.databaseUrl };
  const more = Array.from({ length: filesAtOnce - 1 }, (_, index) =>
    openStack({ dataDir: join(dataDir, `${redisPrefix}${index + 2}`), log, env }),
  );
  const stacks = [stack, ...(await Promise.all(more))];
  await makeTemplateDatabase(stack.databaseUrl);
  project.provide("databaseUrl", stack.databaseUrl);
  project.provide(
    "redisUrls",
    stacks.map(({ redisUrl }) => redisUrl),
  );
  return async () => {
    await Promise.all(stacks.map((each) => each.stop()));
    rmSync(dataDir, { recursive: true, force: true });
  };
}

async function sweepFoldersOfKilledRuns(): Promise<void> {
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith(prefix));
  for (const folder of folders.map((name) => join(tmpdir(), name))) {
    const age = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age < sweepAfterMs || isDataFolderLocked(folder)) continue;
    const within = readdirSync(folder).filter((name) => name.startsWith(redisPrefix));
    for (const each of [folder, ...within.map((name) => join(folder, name))]) await endFormerRun(each, () => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
}
