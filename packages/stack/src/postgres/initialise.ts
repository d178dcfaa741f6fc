import { spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ProcessLedger } from "../process-ledger.ts";
import { StackError } from "../stack-error.ts";
import { withoutSecrets } from "../without-secrets.ts";
import type { Account } from "./account.ts";
import type { PostgresBinaries } from "./binaries.ts";

/** The major version whose binaries we ship, and the oldest one that the schema runs on (uuidv7). */
const majorVersion = "18";

export interface Cluster {
  /** The folder in which the cluster's own lies. */
  home: string;
  binaries: PostgresBinaries;
  account: Account | undefined;
  password: string;
  ledger: ProcessLedger;
}

/**
 * Makes the database cluster in `home/postgres` unless it is there, and returns its folder. initdb works in a folder
 * beside it that is renamed when it is whole, so a kill halfway leaves nothing that looks like a cluster.
 */
export async function initialiseCluster(cluster: Cluster): Promise<string> {
  const folder = join(cluster.home, "postgres");
  if (existsSync(folder)) {
    refuseOtherVersion(folder);
    return folder;
  }
  const partial = `${folder}.partial`;
  const passwordFile = `${folder}.password`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { mode: 0o700 });
  writeFileSync(passwordFile, `${cluster.password}\n`, { mode: 0o600 });
  if (cluster.account)
    for (const path of [partial, passwordFile]) chownSync(path, cluster.account.uid, cluster.account.gid);
  try {
    await initdb(cluster, partial, passwordFile);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(partial, folder);
  return folder;
}

/** The built-in C.UTF-8 sorts the same on every machine, whatever locales its system has. */
function initdb(cluster: Cluster, folder: string, passwordFile: string): Promise<void> {
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const access = ["--username=touchstone", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  return new Promise((resolve, reject) => {
    const child = spawn(cluster.binaries.initdb, [`--pgdata=${folder}`, ...access, ...locale], {
      ...cluster.account,
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...withoutSecrets(process.env), LC_ALL: "C" },
    });
    // A start that is killed here must not leave it at work on a folder that the next one makes anew.
    if (child.pid !== undefined) cluster.ledger.add("initdb", child.pid, "SIGTERM");
    let complaints = "";
    child.stderr.on("data", (chunk: Buffer) => {
      complaints += chunk.toString();
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (child.pid !== undefined) cluster.ledger.remove(child.pid);
      if (code === 0) resolve();
      else reject(new Error(`initdb failed (${code}): ${complaints}`));
    });
  });
}

function refuseOtherVersion(folder: string): void {
  const version = readFileSync(join(folder, "PG_VERSION"), "utf8").trim();
  if (version === majorVersion) return;
  throw new StackError(
    `${folder} was made by Postgres ${version}; this Touchstone brings Postgres ${majorVersion}. Dump and reload it, or choose another TOUCHSTONE_DATA_DIR.`,
  );
}
