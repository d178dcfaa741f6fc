import { open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Files } from "@touchstone/rlhf";
import { goneAtExit } from "./gone-at-exit.ts";
import { makeFolder } from "./make-folder.ts";
import { writing } from "./output-error.ts";

/** The files of one folder, by name. */
export async function readFolder(folder: string): Promise<Files> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)));
}

/**
 * A folder appears whole or not at all: written beside its place, flushed, then renamed. Names may hold folders.
 * @throws UsageError where the disk is full or the place can't be
 */
export async function writeFolder(folder: string, files: Files): Promise<void> {
  const draft = `${folder}.draft`;
  const keep = goneAtExit(draft);
  await writing(folder, async () => {
    await rm(draft, { recursive: true, force: true });
    await makeFolder(draft);
    try {
      for (const [name, bytes] of files) await writeFlushed(join(draft, name), bytes);
      await rm(folder, { recursive: true, force: true });
      await rename(draft, folder);
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      throw error;
    } finally {
      keep();
    }
  });
}

async function writeFlushed(path: string, bytes: string | Uint8Array): Promise<void> {
  await makeFolder(dirname(path));
  const handle = await open(path, "w");
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A file is replaced whole or not at all. @throws UsageError where the disk is full or the place can't be */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const draft = `${path}.draft`;
  const keep = goneAtExit(draft);
  await writing(path, async () => {
    try {
      await writeFile(draft, content);
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    } finally {
      keep();
    }
  });
}
