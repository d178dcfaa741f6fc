import { execFile } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { openStack, temporaryDataFolder } from "@touchstone/stack";
import { spawnBuilt } from "../harness/built-process.ts";
import { startTouchstone, temporaryFolder } from "../harness/touchstone.ts";

export const adminPassword = "copper kettle on the stove";

/** Tells the processes of the tests where the folder lies. Benchmarks have none, and begin as everybody does. */
const variable = "TOUCHSTONE_TESTS_BEGUN_FOLDER";
/** Tells them where the product runs that files share. */
const sharedVariable = "TOUCHSTONE_TESTS_SHARED_PRODUCT";
const prefix = "touchstone-begun-";

/**
 * The first stages of a first start (a cluster, the schema, the seed) made once for all files of a run, by the same command
 * as deployments use; each file's product goes on from a copy. That a start makes them by itself is what chaos/start proves.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const log = (line: string) => process.stderr.write(`${line}\n`);
  const dataDir = await temporaryDataFolder(prefix, log);
  const stack = await openStack({ dataDir, log, env: { REDIS_URL: "redis://none.invalid" } });
  try {
    const env = {
      DATABASE_URL: stack.databaseUrl,
      TOUCHSTONE_DATA_DIR: dataDir,
      TOUCHSTONE_ADMIN_PASSWORD: adminPassword,
    };
    const prepared = spawnBuilt("cli/dist/main.js", env, ["prepare"]);
    if ((await prepared.ended()) !== 0) throw new Error(`There is no seed to begin with:\n${prepared.output()}`);
  } finally {
    await stack.stop();
  }
  // A database that had to lie elsewhere is one that a copy of the folder would share.
  if (!existsSync(join(dataDir, "postgres-is-in"))) process.env[variable] = dataDir;
  const stopShared = await startShared();
  return async () => {
    await stopShared();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/**
 * One product for all files that ask nothing of it but a project of their own: to start and end one takes longer than
 * many a file's tests. @returns what ends it.
 */
async function startShared(): Promise<() => Promise<void>> {
  const dataDir = await freshDataFolder();
  const shared = await startTouchstone({ dataDir, env: { TOUCHSTONE_ADMIN_PASSWORD: adminPassword } });
  await shared.ready();
  process.env[sharedVariable] = shared.url;
  return async () => {
    await shared.kill("SIGTERM");
    rmSync(dirname(dataDir), { recursive: true, force: true });
  };
}

/** Where the product runs that files share; undefined outside of such a run. */
export const sharedUrl = () => process.env[sharedVariable];

/** A data folder in a new temporary folder, which the caller removes: as the seed left it, or still to be made. */
export async function freshDataFolder(): Promise<string> {
  const dataDir = join(temporaryFolder(), "data");
  const begun = process.env[variable];
  // Not Node's own copy, which keeps no owner: run by root, the cluster is another user's.
  if (begun) await promisify(execFile)("cp", ["-a", begun, dataDir]);
  return dataDir;
}
