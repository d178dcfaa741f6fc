import { mkdir, rm, rmdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { writing } from "./output-error.ts";

/**
 * Makes a folder and those it lies in, one by one: Node's own recursive mkdir never returns for a place such as /proc/x.
 *
 * @returns those that were made, the outermost first
 * @throws UsageError saying why it can't be
 */
export async function makeFolder(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return [];
  const above = dirname(path);
  const made = above === path ? [] : await makeFolder(above);
  try {
    await writing(path, () => mkdir(path));
  } catch (error) {
    await removeEmpty(made);
    throw error;
  }
  return [...made, path];
}

/** Takes back what `makeFolder` made, where nothing was put into it. */
export async function removeEmpty(folders: readonly string[]): Promise<void> {
  for (const folder of folders.toReversed()) await rmdir(folder).catch(() => {});
}

/**
 * Whether a folder can be written beside its place, before the work that fills it.
 * @param folder absolute
 * @throws UsageError
 */
export async function tryFolder(folder: string): Promise<void> {
  const draft = `${folder}.draft`;
  await writing(draft, () => rm(draft, { recursive: true, force: true }));
  await removeEmpty(await makeFolder(draft));
}
