import { createWriteStream, existsSync, readdirSync, rmSync, type WriteStream } from "node:fs";
import { link, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { writing } from "../rlhf/files/output-error.ts";
import { UsageError } from "../rlhf/usage-error.ts";

/**
 * Writes a file beside its place and gives it its name when it is whole and on the disk. Whatever fails leaves nothing.
 *
 * @throws UsageError where a file of that name exists, and for a disk that is full or can't be written
 */
export async function writeWhole(path: string, write: (draft: WriteStream) => Promise<void>): Promise<void> {
  if (existsSync(path)) throw taken(path);
  removeDraftsOfTheDead(path);
  const draft = `${path}.${process.pid}.draft`;
  await writing(path, async () => {
    try {
      // Its owner's alone: it holds what people said, and how they sign in.
      await write(createWriteStream(draft, { flags: "wx", mode: 0o600, flush: true }));
      await giveName(draft, path);
    } finally {
      await rm(draft, { force: true });
    }
  });
}

/** Linking fails where the name exists, so that nothing that came meanwhile is overwritten. */
async function giveName(draft: string, path: string): Promise<void> {
  try {
    await link(draft, path);
  } catch (error) {
    if (existsSync(path)) throw taken(path);
    // Some file systems have no links.
    const unable =
      error instanceof Error && "code" in error && ["EPERM", "ENOTSUP", "ENOSYS"].includes(`${error.code}`);
    if (!unable) throw error;
    await rename(draft, path);
  }
  const folder = await open(dirname(path), "r");
  await folder.sync();
  await folder.close();
}

const taken = (path: string) =>
  new UsageError(`${path} exists, and a backup overwrites nothing. Choose another name, or delete it first.`);

/** Of a backup to this name that was killed. */
function removeDraftsOfTheDead(path: string): void {
  const folder = dirname(path);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${basename(path)}.`) || !name.endsWith(".draft")) continue;
    const pid = Number(name.slice(basename(path).length + 1, -".draft".length));
    if (Number.isInteger(pid) && !isAlive(pid)) rmSync(join(folder, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
