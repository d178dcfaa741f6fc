import { randomUUID } from "node:crypto";
import { open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface SpooledBytes {
  /** The bytes from the start, as often as asked for. */
  read(): AsyncGenerator<Uint8Array>;
  close(): Promise<void>;
}

const chunkLength = 64 * 1024;

/** Keeps an upload in a file without a name, so that it can be read twice: the system frees it with its handle. */
export async function spoolBytes(bytes: AsyncIterable<Uint8Array>): Promise<SpooledBytes> {
  const path = join(tmpdir(), `touchstone-upload-${randomUUID()}`);
  const file = await open(path, "wx+", 0o600);
  try {
    await unlink(path);
    for await (const chunk of bytes) await file.appendFile(chunk);
  } catch (error) {
    await file.close();
    throw error;
  }
  return {
    async *read() {
      for (let position = 0; ; ) {
        const { bytesRead, buffer } = await file.read(Buffer.alloc(chunkLength), 0, chunkLength, position);
        if (bytesRead === 0) return;
        position += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    },
    close: () => file.close(),
  };
}
