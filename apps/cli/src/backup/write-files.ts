import { createHash } from "node:crypto";
import { type FileHandle, open, readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Snapshot } from "@touchstone/persistence";
import { filesFolder, type Manifest } from "./archive-form.ts";
import type { ArchiveWriter } from "./archive-writer.ts";

/** One read of a file. */
const chunkBytes = 256 * 1024;

interface OpenFile {
  path: string;
  handle: FileHandle;
  bytes: number;
}

/**
 * Puts the files that the snapshot's rows name into the archive: models, pictures and sounds, whose content is compared
 * with what was recorded of it, and checkpoints. A file that isn't there or isn't what it was stops nothing and is named in `unsound`; a
 * checkpoint that a trainer has replaced meanwhile is left out, for a run goes on from an older one.
 */
export async function writeFiles(
  root: string,
  { models, media, checkpoints }: Snapshot["files"],
  archive: ArchiveWriter,
): Promise<Pick<Manifest, "files" | "unsound">> {
  const files: Manifest["files"] = {};
  const unsound: string[] = [];
  // The newest are held open from now on, so that pruning them can't take them away before their turn.
  const held = await openFolders(root, checkpoints.slice(0, heldCheckpoints));
  try {
    for (const file of held) files[file.path] = await addFile(archive, file);
  } finally {
    await Promise.all(held.map(({ handle }) => handle.close()));
  }
  for (const folder of checkpoints.slice(heldCheckpoints)) {
    for (const file of await openFolders(root, [folder])) files[file.path] = await addAndClose(archive, file);
  }
  for (const { path, sha256 } of [...models, ...media]) {
    const file = await openFile(root, path);
    if (file === undefined) {
      unsound.push(path);
      continue;
    }
    files[path] = await addAndClose(archive, file);
    if (files[path].sha256 !== sha256) unsound.push(path);
  }
  return { files, unsound };
}

/** Two a run that goes on, and more runs than any machine trains at once; each is a handful of open files. */
const heldCheckpoints = 16;

async function addAndClose(archive: ArchiveWriter, file: OpenFile) {
  try {
    return await addFile(archive, file);
  } finally {
    await file.handle.close();
  }
}

async function addFile(archive: ArchiveWriter, { path, handle, bytes }: OpenFile) {
  const hash = createHash("sha256");
  async function* content() {
    for (let position = 0; position < bytes; ) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(chunkBytes), 0, chunkBytes, position);
      if (bytesRead === 0) throw new Error(`The file ${path} became shorter while it was read.`);
      // One that grew is taken as long as it was when it was opened.
      const chunk = buffer.subarray(0, Math.min(bytesRead, bytes - position));
      position += chunk.length;
      hash.update(chunk);
      yield chunk;
    }
  }
  await archive.addStream(filesFolder + path, bytes, content());
  return { bytes, sha256: hash.digest("hex") };
}

/** A folder of which a file is gone already is being forgotten: nothing of it is taken. */
async function openFolders(root: string, folders: readonly string[]): Promise<OpenFile[]> {
  const opened: OpenFile[] = [];
  for (const folder of folders) {
    const files = await Promise.all((await filesBelow(root, folder)).map((path) => openFile(root, path)));
    const there = files.filter((file) => file !== undefined);
    if (there.length === files.length) opened.push(...there);
    else await Promise.all(there.map(({ handle }) => handle.close()));
  }
  return opened;
}

async function filesBelow(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true, recursive: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

async function openFile(root: string, path: string): Promise<OpenFile | undefined> {
  const handle = await open(join(root, path)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return handle && { path, handle, bytes: (await handle.stat()).size };
}
