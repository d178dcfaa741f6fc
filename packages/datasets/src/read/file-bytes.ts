import { read } from "node:fs";
import { promisify } from "node:util";
import { type NamelessFile, openNamelessFile } from "../nameless-file.ts";

const readAt = promisify(read);

/** Bytes that can be read at any place, for files whose contents are listed at their end. */
export interface FileBytes {
  readonly size: number;
  /** Of the open file, for libraries that read by themselves; it is closed with `close` alone. */
  readonly descriptor: number;
  /** As many of the bytes as are there. */
  at(start: number, end: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** Keeps a stream on disk, in a file that no other process can find. Whatever the stream throws is thrown from here. */
export async function fileBytesOf(source: AsyncIterable<Uint8Array>): Promise<FileBytes> {
  const file: NamelessFile = await openNamelessFile();
  let size = 0;
  try {
    for await (const chunk of source) {
      await file.append(chunk);
      size += chunk.length;
    }
  } catch (error) {
    await file.close();
    throw error;
  }
  return {
    size,
    descriptor: file.descriptor,
    async at(start, end) {
      const buffer = Buffer.alloc(Math.max(0, Math.min(end, size) - start));
      let filled = 0;
      while (filled < buffer.length) {
        const { bytesRead } = await readAt(file.descriptor, buffer, filled, buffer.length - filled, start + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    },
    close: file.close,
  };
}
