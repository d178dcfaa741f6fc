import { randomUUID } from "node:crypto";
import { read } from "node:fs";
import { open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** One read of the file. */
const chunkLength = 256 * 1024;

/** A file on disk that no other process can find. */
export interface NamelessFile {
  /** By which other threads of this process read it, as long as it is open. */
  readonly descriptor: number;
  append(data: string | Uint8Array): Promise<void>;
  /** The bytes from the start, as often as asked for. */
  read(): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

/**
 * Opens a file whose name is gone before its first byte is written: the system frees it with its last handle, so that
 * nothing is left of it, even after a SIGKILL.
 */
export async function openNamelessFile(): Promise<NamelessFile> {
  const path = join(tmpdir(), `touchstone-${randomUUID()}`);
  const file = await open(path, "wx+", 0o600);
  try {
    await unlink(path);
  } catch (error) {
    await file.close();
    throw error;
  }
  return {
    descriptor: file.fd,
    append: (data) => file.appendFile(data),
    read: () => readDescriptor(file.fd),
    close: () => file.close(),
  };
}

const readAt = promisify(read);

/** The bytes of an open file from the start, whichever thread has opened it. */
export async function* readDescriptor(descriptor: number): AsyncGenerator<Buffer> {
  for (let position = 0; ; ) {
    const { bytesRead, buffer } = await readAt(descriptor, Buffer.alloc(chunkLength), 0, chunkLength, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
