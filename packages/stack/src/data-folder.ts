import { chmodSync, existsSync, mkdirSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { removeDatabaseHome } from "./postgres/home.ts";
import { StackError } from "./stack-error.ts";

/** In a data folder from the first byte of a restore to its last: what lies beside it is not whole yet. */
export const restoringMark = "restoring";

/**
 * Makes the folder unless it is there; returns its real path. Others may pass through it but not list it: as root,
 * Postgres runs as another user. Secrets in it are 0600.
 */
export function makeDataFolder(wanted: string): string {
  const folder = resolve(wanted);
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o711);
  }
  return realpathSync(folder);
}

/** @throws StackError where a restore into the folder was killed or is still at work */
export function refuseUnfinishedRestore(dataDir: string): void {
  if (!existsSync(join(dataDir, restoringMark))) return;
  throw new StackError(
    `A restore into ${dataDir} has not ended. Wait for it, or run it again (npm run restore -- FILE), or delete the folder to begin afresh.`,
  );
}

/** Deletes what is in a data folder, wherever its database lies, but the lock and the mark. Call while holding the lock. */
export function emptyDataFolder(dataDir: string): void {
  removeDatabaseHome(dataDir);
  for (const name of readdirSync(dataDir)) {
    if (name !== "lock" && name !== restoringMark) rmSync(join(dataDir, name), { recursive: true, force: true });
  }
}
