import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { featuresPrefix, heartbeatRun } from "@touchstone/persistence";
import type { HeldRun } from "./context.ts";

/**
 * The folder in which a run finds the features that others of its project made, and leaves its own. It has a name of its own,
 * which comes only once, and the training thread doesn't make it: once an erasure has taken it away, nothing that a run of
 * before still writes can lie anywhere, however long it slept. Whether the run is still ours is asked after the folder is
 * there, and an erasure ends runs before it takes folders away; so whoever is told yes has a folder that will be found.
 *
 * Call it once the labels are read. @throws FencedOffError
 */
export async function openFeaturesFolder(held: Pick<HeldRun, "db" | "run" | "fence" | "environment">): Promise<string> {
  const ofProject = join(held.environment.TOUCHSTONE_FILES_DIR, featuresPrefix(held.run));
  const folder = join(ofProject, (await folderIn(ofProject)) ?? (await makeFolder(ofProject)));
  await heartbeatRun(held.db, held.fence);
  return folder;
}

async function makeFolder(ofProject: string): Promise<string> {
  const name = randomUUID();
  await mkdir(join(ofProject, name), { recursive: true });
  return name;
}

/** The name of the one that is there; it is not made again where it goes meanwhile. What former versions kept beside it is read no more. */
async function folderIn(ofProject: string): Promise<string | undefined> {
  const entries = await readdir(ofProject, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  for (const { name } of entries.filter((entry) => entry.isFile())) await rm(join(ofProject, name), { force: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()[0];
}
