import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import type { FileStore } from "@touchstone/persistence";

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

/**
 * Models and checkpoints, each a folder of the file store. A row of Postgres names a folder once all of it is there; until
 * then nobody reads it, so that no store needs a folder that appears as one.
 */
export class RunFiles {
  readonly #store: FileStore;

  constructor(store: FileStore) {
    this.#store = store;
  }

  /** What stood there before goes first. Names may hold folders. Of one that breaks off nothing stays. */
  async write(folder: string, files: Files): Promise<StoredFile[]> {
    await this.#store.removePrefix(folder);
    try {
      for (const [name, bytes] of files) await this.#store.put(`${folder}/${name}`, bytes);
    } catch (error) {
      await this.#store.removePrefix(folder);
      throw error;
    }
    return [...files].map(([name, bytes]) => ({
      path: `${folder}/${name}`,
      sha256: sha256(bytes),
      bytes: bytes.length,
    }));
  }

  /** @throws when a file is missing or its content is not what was recorded. */
  async readAll(stored: readonly StoredFile[]): Promise<Files> {
    const files = new Map<string, Uint8Array>();
    for (const { path, sha256: expected } of stored) {
      const bytes = await this.#read(path);
      if (bytes === null) throw new Error(`The file ${path} is not there.`);
      if (sha256(bytes) !== expected) throw new Error(`The file ${path} has changed since it was written.`);
      files.set(path.slice(path.lastIndexOf("/") + 1), bytes);
    }
    return files;
  }

  /**
   * Copies files to a folder of this machine's disk, piece by piece, where readers want files and no bytes in memory.
   * @throws when a file is missing or its content is not what was recorded.
   */
  async copyTo(folder: string, stored: readonly StoredFile[], signal: AbortSignal): Promise<void> {
    await mkdir(folder, { recursive: true });
    for (const { path, sha256: expected } of stored) {
      const found = await this.#store.get(path);
      if (found === null) throw new Error(`The file ${path} is not there.`);
      const hash = createHash("sha256");
      const seen = async function* (source: AsyncIterable<Uint8Array>) {
        for await (const chunk of source) {
          hash.update(chunk);
          yield chunk;
        }
      };
      await pipeline(found.stream, seen, createWriteStream(join(folder, basename(path))), { signal });
      if (hash.digest("hex") !== expected) throw new Error(`The file ${path} has changed since it was written.`);
    }
  }

  /** Null when the folder is gone: a checkpoint that cannot be read is passed over. */
  async readFolder(folder: string): Promise<Files | null> {
    const files = new Map<string, Uint8Array>();
    try {
      for await (const { key } of this.#store.list(folder)) {
        const bytes = await this.#read(key);
        if (bytes === null) return null;
        files.set(key.slice(folder.length + 1), bytes);
      }
    } catch {
      return null;
    }
    return files.size > 0 ? files : null;
  }

  /** Removes from below a folder what no row names: what writers that were killed left unfinished. */
  async removeUnnamed(folder: string, named: readonly string[]): Promise<void> {
    const unnamed = new Set<string>();
    await this.#store.sweep(folder);
    for await (const { key } of this.#store.list(folder)) {
      if (!named.some((one) => key.startsWith(`${one}/`))) unnamed.add(key);
    }
    for (const key of unnamed) await this.#store.remove(key);
  }

  async remove(folder: string): Promise<void> {
    await this.#store.removePrefix(folder);
  }

  async #read(key: string): Promise<Uint8Array | null> {
    const found = await this.#store.get(key);
    return found && (await buffer(found.stream));
  }
}
