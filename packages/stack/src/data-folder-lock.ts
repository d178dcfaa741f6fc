import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { processIdentity } from "./process-identity.ts";
import { StackError } from "./stack-error.ts";

/**
 * One stack a folder: takes `dataDir/lock` or throws a StackError naming the process that holds it.
 * A lock whose process is gone is taken over. Returns the release.
 */
export function lockDataFolder(dataDir: string): () => void {
  const file = join(dataDir, "lock");
  const mine = `${process.pid} ${processIdentity(process.pid)}`;
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, mine);
  try {
    // Linking is atomic and fails where the name exists; the few rounds are for a lock that vanishes while being looked at.
    for (let attempt = 0; attempt < 20; attempt++) {
      if (tryLink(draft, file)) return () => releaseIfMine(file, mine);
      const holder = read(file);
      if (holder === undefined) continue;
      if (isHeld(holder)) throw heldBy(holder, dataDir);
      setStaleAside(file, holder);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  throw new StackError(`The data folder ${dataDir} is being started by several processes at once. Try again.`);
}

/** Whether a living process holds the folder. */
export function isDataFolderLocked(dataDir: string): boolean {
  const holder = read(join(dataDir, "lock"));
  return holder !== undefined && isHeld(holder);
}

function tryLink(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function isHeld(holder: string): boolean {
  const [pid, identity] = split(holder);
  return identity !== undefined && processIdentity(pid) === identity;
}

/** Renaming moves exactly one file; if another process was quicker and this one is not the stale lock, it is put back. */
function setStaleAside(file: string, stale: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
    if (read(aside) !== stale) tryLink(aside, file);
    rmSync(aside, { force: true });
  } catch {
    // Another process has just set it aside.
  }
}

function releaseIfMine(file: string, mine: string): void {
  if (read(file) === mine) rmSync(file, { force: true });
}

function heldBy(holder: string, dataDir: string): StackError {
  const [pid] = split(holder);
  const cure = "Stop that one first, or give this one its own folder with TOUCHSTONE_DATA_DIR.";
  return new StackError(`Another Touchstone (process ${pid}) is running in ${dataDir}. ${cure}`);
}

function split(holder: string): [pid: number, identity: string | undefined] {
  const space = holder.indexOf(" ");
  return space < 0 ? [Number.NaN, undefined] : [Number(holder.slice(0, space)), holder.slice(space + 1)];
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
