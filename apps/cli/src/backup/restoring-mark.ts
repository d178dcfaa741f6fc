import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { emptyDataFolder, endFormerRun, lockDataFolder, makeDataFolder, restoringMark } from "@touchstone/stack";
import { UsageError } from "../rlhf/usage-error.ts";
import type { StartEnvironment } from "../start/environment.ts";

/**
 * Restores into an empty data folder that carries a mark until all of it is there: no Touchstone starts on a marked
 * folder, and the next restore empties it and begins anew. What fails leaves the folder empty and without the mark.
 *
 * @throws UsageError where the data folder or the files folder isn't empty, StackError where a Touchstone runs on it
 */
export async function whileRestoring(
  { dataDir, filesDir }: StartEnvironment,
  log: (line: string) => void,
  work: () => Promise<void>,
): Promise<void> {
  const made = !existsSync(dataDir);
  const folder = makeDataFolder(dataDir);
  const unlock = lockDataFolder(folder);
  const mark = join(folder, restoringMark);
  try {
    if (existsSync(mark)) await emptyUnfinished(folder, mark, log);
    else for (const wanted of new Set([dataDir, filesDir])) refuseFilled(wanted);
    // It says where files go, so that they are found again whatever the next environment says.
    writeFileSync(mark, `${filesDir}\n`);
    mkdirSync(filesDir, { recursive: true });
    try {
      await work();
    } catch (error) {
      emptyFolders(folder, filesDir);
      rmSync(mark);
      throw error;
    }
    rmSync(mark);
  } finally {
    unlock();
    if (made) removeIfEmpty(folder);
  }
}

async function emptyUnfinished(folder: string, mark: string, log: (line: string) => void): Promise<void> {
  log(`A restore into ${folder} did not end; beginning it anew`);
  await endFormerRun(folder, log);
  emptyFolders(folder, readFileSync(mark, "utf8").trim());
}

function emptyFolders(dataDir: string, filesDir: string): void {
  emptyDataFolder(dataDir);
  if (filesDir === "" || !existsSync(filesDir) || filesDir === dataDir) return;
  for (const name of readdirSync(filesDir)) rmSync(join(filesDir, name), { recursive: true, force: true });
}

function refuseFilled(folder: string): void {
  if (!existsSync(folder)) return;
  const found = readdirSync(folder).find((name) => name !== "lock" && name !== "lost+found");
  if (found === undefined) return;
  throw new UsageError(
    `${folder} isn't empty: it has ${found}. A restore overwrites nothing: name another folder (TOUCHSTONE_DATA_DIR=… npm run restore), or move this one away.`,
  );
}

function removeIfEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}
