import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Lays a model's files where the worker looks for them. */
export async function storeFiles(root: string, folder: string, files: ReadonlyMap<string, Uint8Array>) {
  await mkdir(join(root, folder), { recursive: true });
  return Promise.all(
    [...files].map(async ([name, bytes]) => {
      await writeFile(join(root, folder, name), bytes);
      return {
        path: `${folder}/${name}`,
        sha256: createHash("sha256").update(bytes).digest("hex"),
        bytes: bytes.length,
      };
    }),
  );
}
