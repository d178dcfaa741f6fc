import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { UsageError } from "../rlhf/usage-error.ts";
import { filesFolder, type Manifest } from "./archive-form.ts";

/** Writes an entry below the files folder and waits until the disk has it. */
export async function storeFile(root: string, entry: string, content: AsyncIterable<Buffer>): Promise<void> {
  const path = placeOf(root, entry.slice(filesFolder.length));
  await mkdir(dirname(path), { recursive: true });
  await pipeline(content, createWriteStream(path, { flags: "wx", flush: true }));
}

/** @param wanted not where the environment brings a secret of its own: the entry is passed over then */
export async function storeSecret(dataDir: string, content: AsyncIterable<Buffer>, wanted: boolean): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of content) pieces.push(piece);
  if (!wanted) return;
  const target = createWriteStream(join(dataDir, "secret"), { flags: "wx", mode: 0o600, flush: true });
  await pipeline([Buffer.concat(pieces)], target);
}

/** @throws UsageError where a file is not what the backup says that it holds */
export async function checkFiles(root: string, files: Manifest["files"]): Promise<void> {
  for (const [path, { sha256 }] of Object.entries(files)) {
    const hash = createHash("sha256");
    await pipeline(createReadStream(placeOf(root, path)), hash).catch(() => undefined);
    if (hash.digest("hex") === sha256) continue;
    throw new UsageError(`The file ${path} isn't that of the backup: it was changed. Take another copy of the backup.`);
  }
}

function placeOf(root: string, path: string): string {
  const place = resolve(root, path);
  if (place.startsWith(resolve(root) + sep)) return place;
  throw new UsageError(`The backup has a file that leads out of the files folder: ${path}.`);
}
