import { mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Files } from "@touchstone/rlhf";

/** The files of one folder, by name. */
export async function readFolder(folder: string): Promise<Files> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)));
}

/** A folder appears whole or not at all: written beside its place, flushed, then renamed. Names may hold folders. */
export async function writeFolder(folder: string, files: Files): Promise<void> {
  const draft = `${folder}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  for (const [name, bytes] of files) {
    await mkdir(dirname(join(draft, name)), { recursive: true });
    const handle = await open(join(draft, name), "w");
    await handle.writeFile(bytes);
    await handle.sync();
    await handle.close();
  }
  await rm(folder, { recursive: true, force: true });
  await rename(draft, folder);
}

/** A file is replaced whole or not at all. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.draft`, content);
  await rename(`${path}.draft`, path);
}
