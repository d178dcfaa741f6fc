import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FeatureCache } from "./state-reader.ts";

/**
 * Rows as files of a folder, named by their keys. A file is there whole or not at all, so that several processes may share a
 * folder. It is made by whoever opens the cache, and never here: once it has been taken away, nothing is read or kept any more.
 */
export function folderFeatureCache(folder: string): FeatureCache {
  return {
    async read(key) {
      const bytes = await readFile(join(folder, key)).catch(absentAs(undefined));
      // Node's small buffers share memory at any offset; a copy begins at a multiple of four.
      return bytes && bytes.length % 4 === 0 ? new Float32Array(Uint8Array.from(bytes).buffer) : undefined;
    },
    async write(key, row) {
      const draft = join(folder, `${key}.${process.pid}.draft`);
      const bytes = new Uint8Array(row.buffer, row.byteOffset, row.byteLength);
      await writeFile(draft, bytes)
        .then(() => rename(draft, join(folder, key)))
        .catch(absentAs(undefined));
    },
  };
}

function absentAs<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === "ENOENT") return value;
    throw error;
  };
}
