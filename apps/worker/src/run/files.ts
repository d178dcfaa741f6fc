import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";

/** A folder in memory: file name → bytes. */
export type Files = ReadonlyMap<string, Uint8Array>;
export interface StoredFile {
  path: string;
  sha256: string;
  bytes: number;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

const draftEnding = ".draft";

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path, "w");
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Everything below one folder, by relative path. Paths come from the database, and yet may not leave the folder. */
export class FileStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = resolve(root);
  }

  #at(path: string): string {
    const full = resolve(this.#root, path);
    if (!full.startsWith(this.#root + sep)) throw new Error(`The path ${path} leaves the files folder.`);
    return full;
  }

  /** A folder appears whole or not at all: written beside its place, flushed, then renamed. Names may hold folders. */
  async write(folder: string, files: Files): Promise<StoredFile[]> {
    const target = this.#at(folder);
    const draft = `${target}.${process.pid}${draftEnding}`;
    try {
      await rm(draft, { recursive: true, force: true });
      await mkdir(draft, { recursive: true });
      for (const [name, bytes] of files) await writeFlushed(join(draft, name), bytes);
      await rm(target, { recursive: true, force: true });
      await rename(draft, target);
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      throw error;
    }
    const parent = await open(dirname(target), "r");
    await parent.sync();
    await parent.close();
    return [...files].map(([name, bytes]) => ({
      path: join(folder, name),
      sha256: sha256(bytes),
      bytes: bytes.length,
    }));
  }

  /** @throws when a file is missing or its content is not what was recorded. */
  async readAll(stored: StoredFile[]): Promise<Files> {
    const files = new Map<string, Uint8Array>();
    for (const { path, sha256: expected } of stored) {
      const bytes = await readFile(this.#at(path));
      if (sha256(bytes) !== expected) throw new Error(`The file ${path} has changed since it was written.`);
      files.set(path.slice(path.lastIndexOf("/") + 1), bytes);
    }
    return files;
  }

  /** Null when the folder is gone: a checkpoint that cannot be read is passed over. */
  async readFolder(folder: string): Promise<Files | null> {
    try {
      const names = await readdir(this.#at(folder));
      const entries = await Promise.all(
        names.map(async (name): Promise<[string, Uint8Array]> => [name, await readFile(this.#at(join(folder, name)))]),
      );
      return new Map(entries);
    } catch {
      return null;
    }
  }

  /** Removes what writers that were killed left unfinished in a folder and below. */
  async removeDrafts(folder: string): Promise<void> {
    const names = await readdir(this.#at(folder), { recursive: true }).catch(() => []);
    for (const name of names.filter((each) => each.endsWith(draftEnding))) await this.remove(join(folder, name));
  }

  async remove(folder: string): Promise<void> {
    await rm(this.#at(folder), { recursive: true, force: true });
  }
}
