import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { isDataFolderLocked } from "./data-folder-lock.ts";
import { endFormerRun } from "./process-ledger.ts";

/** A folder without a lock that is younger than this may belong to a run that has not taken its lock yet. */
const sweepAfterMs = 60_000;

/**
 * A data folder for one run, in the system's folder for temporary files, or in `within`. What killed runs have left under the
 * same prefix is ended and removed first, since no other start opens their folders. The caller removes it.
 */
export async function temporaryDataFolder(
  prefix: string,
  log: (line: string) => void,
  within: readonly string[] = [tmpdir()],
): Promise<string> {
  for (const place of within) await sweep(place, prefix, log);
  const folder = mkdtempSync(join(tmpdir(), prefix));
  // Run by root, Postgres is another user, who must be able to enter.
  chmodSync(folder, 0o711);
  return folder;
}

async function sweep(place: string, prefix: string, log: (line: string) => void): Promise<void> {
  const names = readdirSync(place).filter((name) => name.startsWith(prefix));
  for (const folder of names.map((name) => join(place, name))) {
    if (!isOurs(folder) || !isAbandoned(folder)) continue;
    // A stack may lie in the folder of another.
    const stacks = [folder, ...readdirSync(folder).map((name) => join(folder, name))];
    for (const each of stacks.filter((path) => existsSync(join(path, "processes.json")))) await endFormerRun(each, log);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What another user of the machine has left is theirs to remove, and can't even be looked into. */
function isOurs(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.uid === userInfo().uid;
}

function isAbandoned(folder: string): boolean {
  if (existsSync(join(folder, "lock"))) return !isDataFolderLocked(folder);
  const madeAt = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  return Date.now() - madeAt > sweepAfterMs;
}
