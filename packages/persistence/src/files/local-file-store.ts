import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { lstat, mkdir, open, readdir, realpath, rename, rm } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { Readable } from "node:stream";
import {
  assertKey,
  type ByteRange,
  type FileStore,
  fenced,
  type StoredContent,
  type StoredEntry,
} from "./file-store.ts";

/** What is being written; no key ends so, for nobody may read it. */
const draftEnding = ".draft";

/** A folder of this machine as a file store. */
export class LocalFileStore implements FileStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = resolve(root);
  }

  async put(key: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<number> {
    const target = await this.#at(key);
    await mkdir(dirname(target), { recursive: true });
    const draft = `${target}.${randomUUID()}${draftEnding}`;
    try {
      const bytes = await writeDurably(draft, content);
      await rename(draft, target);
      await syncFolder(dirname(target));
      return bytes;
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  async get(key: string, range?: ByteRange): Promise<StoredContent | null> {
    const target = await this.#at(key);
    try {
      // No link is followed: one that somebody has put here leads out of the folder.
      const handle = await open(target, constants.O_RDONLY | constants.O_NOFOLLOW);
      return await contentOf(handle, range);
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
  }

  async *list(prefix: string): AsyncGenerator<StoredEntry> {
    const start = await this.#at(prefix);
    const entries = await readdir(start, { withFileTypes: true, recursive: true }).catch(absentAs([]));
    for (const entry of entries) {
      if (!entry.isFile() || entry.name.endsWith(draftEnding)) continue;
      const path = join(entry.parentPath, entry.name);
      const found = await lstat(path).catch(absentAs(null));
      if (found) yield { key: relative(this.#root, path).split(sep).join("/"), bytes: found.size };
    }
  }

  async remove(key: string): Promise<void> {
    await rm(await this.#at(key), { force: true });
  }

  async removePrefix(prefix: string): Promise<void> {
    // Tried again where somebody has put a file into a folder that was empty a moment ago.
    await rm(await this.#at(prefix), { recursive: true, force: true, maxRetries: 5 });
  }

  async sweep(prefix: string): Promise<void> {
    const start = await this.#at(prefix);
    const names = await readdir(start, { recursive: true }).catch(absentAs([]));
    for (const name of names.filter((each) => each.endsWith(draftEnding))) {
      await rm(join(start, name), { recursive: true, force: true });
    }
  }

  within(prefix: string): FileStore {
    return fenced(this, prefix);
  }

  async #at(key: string): Promise<string> {
    assertKey(key);
    if (key.endsWith(draftEnding)) throw new RangeError(`a key may not end in ${draftEnding}`);
    const target = join(this.#root, key);
    await this.#assertInside(dirname(target));
    return target;
  }

  /** A folder on the way may be a link that leads out. What is not there yet leads nowhere. */
  async #assertInside(folder: string): Promise<void> {
    const root = await realpath(this.#root).catch(absentAs(null));
    if (root === null) return;
    let there = folder;
    let real = await realpath(there).catch(absentAs(null));
    while (real === null) {
      there = dirname(there);
      real = await realpath(there).catch(absentAs(null));
    }
    if (real !== join(root, relative(this.#root, there))) throw new RangeError("a folder of the file store is a link");
  }
}

async function writeDurably(path: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<number> {
  const handle = await open(path, "wx");
  try {
    let bytes = 0;
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      await handle.writeFile(chunk);
      bytes += chunk.length;
    }
    await handle.sync();
    return bytes;
  } finally {
    await handle.close();
  }
}

/** So that the new name outlives a loss of power. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function contentOf(handle: Awaited<ReturnType<typeof open>>, range: ByteRange | undefined) {
  try {
    const { size } = await handle.stat();
    if (range && !(range.start >= 0 && range.start <= range.end && range.end < size)) {
      throw new RangeError(`bytes ${range.start} to ${range.end} are not in a file of ${size}`);
    }
    if (size === 0) {
      await handle.close();
      return { stream: Readable.from([]), bytes: 0 };
    }
    return { stream: handle.createReadStream(range ?? {}), bytes: size };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

function absentAs<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (isAbsent(error)) return value;
    throw error;
  };
}
