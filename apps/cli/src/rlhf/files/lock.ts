import { writeFileSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../usage-error.ts";
import { goneAtExit } from "./gone-at-exit.ts";

export const lockName = "lock";

/**
 * Keeps a folder for this process, since two that write one run would mix their checkpoints and metrics. What a process that
 * was killed leaves behind is taken over.
 *
 * @returns gives it back
 * @throws UsageError naming the process that has it
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, lockName);
  const owner = `${process.pid}\n`;
  if (!written(file, owner)) {
    const other = await holderOf(file);
    if (other !== undefined) {
      throw new UsageError(
        `Process ${other} is at work in ${folder}. Wait for it, or name another --out; if it is something else, remove ${file}.`,
      );
    }
    await rm(file, { force: true });
    if (!written(file, owner)) throw new UsageError(`Another process has just begun in ${folder}.`);
  }
  const keep = goneAtExit(file);
  return async () => {
    await rm(file, { force: true });
    keep();
  };
}

/** Whether the file was new: of two that start at once, one writes it. At once, so that no end comes between it and its care. */
function written(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** The living process that holds the lock; this one may have the number of a dead one, as in a container that restarts. */
async function holderOf(file: string): Promise<number | undefined> {
  const owner = Number(await readFile(file, "utf8").catch(() => ""));
  if (!Number.isInteger(owner) || owner <= 0 || owner === process.pid) return undefined;
  try {
    process.kill(owner, 0);
    return owner;
  } catch (error) {
    // A process of somebody else's can't be signalled, but is there.
    return error instanceof Error && "code" in error && error.code === "EPERM" ? owner : undefined;
  }
}
