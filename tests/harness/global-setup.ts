import { readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { openStack, temporaryDataFolder } from "@touchstone/stack";
import type { TestProject } from "vitest/node";
import { filesAtOnce } from "./files-at-once.ts";
import { makeTemplateDatabase } from "./template-database.ts";

const prefix = "touchstone-test-";
/** Of the folders in it, one for each further Redis. */
const redisPrefix = "redis-";
/** Of the folder that each `npm test` gives its tests for their temporary files. */
const runPrefix = "touchstone-tests-";

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
  const log = (line: string) => process.stderr.write(`${line}\n`);
  const dataDir = await temporaryDataFolder(prefix, log, placesOfRuns());
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

/** Where runs keep their folders: runs of `npm test` each in one of their own, others beside these. */
function placesOfRuns(): string[] {
  const here = tmpdir();
  const common = basename(here).startsWith(runPrefix) ? dirname(here) : here;
  const ofRuns = readdirSync(common).filter((name) => name.startsWith(runPrefix));
  return [common, ...ofRuns.map((name) => join(common, name))];
}
