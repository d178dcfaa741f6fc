import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { ByteSource } from "@touchstone/engine";

/** Bytes of one call: the system reads no more than 2 GiB. */
const mostAtOnce = 2 ** 30;

/** Work on a file that is read in pieces, and closed afterwards. @throws RangeError where it becomes shorter meanwhile */
export function withOpenFile<T>(path: string, work: (file: ByteSource) => T): T {
  const descriptor = openSync(path, "r");
  try {
    return work({
      size: fstatSync(descriptor).size,
      read: (offset, length) => readPart(descriptor, path, offset, length),
    });
  } finally {
    closeSync(descriptor);
  }
}

/** A whole file, also one of more than 2 GiB, which is beyond Node's own function. */
export function readWhole(path: string): Uint8Array {
  return withOpenFile(path, ({ size, read }) => read(0, size));
}

function readPart(descriptor: number, path: string, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const read = readSync(descriptor, bytes, done, Math.min(length - done, mostAtOnce), offset + done);
    if (read === 0) throw new RangeError(`${path} became shorter while it was read.`);
    done += read;
  }
  return bytes;
}
