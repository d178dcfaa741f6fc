import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { refused } from "@touchstone/contracts";
import { defaultSizeLimits, type FileToImport } from "@touchstone/datasets";

/** One read of the spooled file. */
const chunkLength = 256 * 1024;

/** An upload on disk, under a name of our own that is gone before the first byte arrives. */
export interface Upload extends FileToImport {
  close(): Promise<void>;
}

/**
 * Writes an upload to a file without a name, which the system frees with its last handle: nothing is left of it, even
 * after a SIGKILL. What a person reads on the receipt and what is imported then come from the same bytes.
 *
 * @throws DomainError invalid_request where the upload breaks off, body_too_large beyond the limit.
 */
export async function spoolUpload(body: Readable): Promise<Upload> {
  const file = await openNameless();
  try {
    const hash = createHash("sha256");
    let size = 0;
    // Leaves the request open when reading stops early; destroying it would cut the connection before the answer.
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      size += chunk.length;
      if (size > defaultSizeLimits.maximumBytes) {
        throw refused("uploadTooLarge", { limit: defaultSizeLimits.maximumBytes });
      }
      hash.update(chunk);
      await file.appendFile(chunk);
    }
    return { sha256: hash.digest("hex"), read: () => read(file), close: () => file.close() };
  } catch (error) {
    await file.close();
    if (body.readableAborted) throw refused("uploadBrokeOff");
    throw error;
  } finally {
    // What is left of a refused file is read and dropped: a client hears the answer once it has sent everything.
    body.resume();
  }
}

async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `touchstone-upload-${randomUUID()}`);
  const file = await open(path, "wx+", 0o600);
  await unlink(path);
  return file;
}

async function* read(file: FileHandle): AsyncGenerator<Uint8Array> {
  let position = 0;
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(chunkLength), 0, chunkLength, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
