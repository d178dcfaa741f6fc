import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FeatureCache } from "./state-reader.ts";

/**
 * Rows as files of a folder, named by their keys. A file is there whole or not at all, so that several processes may share a folder.
 */
export function folderFeatureCache(folder: string): FeatureCache {
  let made: Promise<unknown> | undefined;
  return {
    async read(key) {
      const bytes = await readFile(join(folder, key)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return undefined;
        throw error;
      });
      // Node's small buffers share memory at any offset; a copy begins at a multiple of four.
      return bytes && bytes.length % 4 === 0 ? new Float32Array(Uint8Array.from(bytes).buffer) : undefined;
    },
    async write(key, row) {
      made ??= mkdir(folder, { recursive: true });
      await made;
      const draft = join(folder, `${key}.${process.pid}.draft`);
      await writeFile(draft, new Uint8Array(row.buffer, row.byteOffset, row.byteLength));
      await rename(draft, join(folder, key));
    },
  };
}
