import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Writes a model's files below the files root; returns them as a model version records them. */
export async function storeModelFiles(
  filesDir: string,
  folder: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<{ path: string; sha256: string; bytes: number }[]> {
  await mkdir(join(filesDir, folder), { recursive: true });
  const stored = [];
  for (const [name, bytes] of files) {
    await writeFile(join(filesDir, folder, name), bytes);
    stored.push({
      path: join(folder, name),
      sha256: createHash("sha256").update(bytes).digest("hex"),
      bytes: bytes.length,
    });
  }
  return stored;
}
