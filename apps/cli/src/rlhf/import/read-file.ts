import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import type { ByteSource } from "@touchstone/engine";
import { callerPath } from "../files/caller-path.ts";
import { UsageError } from "../usage-error.ts";

/** Bytes of the largest file that is read whole: what an array of Node.js 20 holds. */
const largestFile = 2 ** 32;
/** Bytes of one call: the system reads no more than 2 GiB. */
const mostAtOnce = 2 ** 30;

/** Work on a file that is read in pieces, and closed afterwards. @throws UsageError if it is none */
export function withFile<T>(path: string, work: (file: ByteSource) => T): T {
  const full = callerPath(path);
  if (!existsSync(full)) throw new UsageError(`There is no file ${path}.`);
  // A pipe or a device has no size, and may have no end.
  if (!statSync(full).isFile()) throw new UsageError(`${path} is no regular file.`);
  const descriptor = openSync(full, "r");
  try {
    return work({
      size: fstatSync(descriptor).size,
      read: (offset, length) => readPart(descriptor, path, offset, length),
    });
  } finally {
    closeSync(descriptor);
  }
}

function readPart(descriptor: number, path: string, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const read = readSync(descriptor, bytes, done, Math.min(length - done, mostAtOnce), offset + done);
    if (read === 0) throw new UsageError(`${path} became shorter while it was read.`);
    done += read;
  }
  return bytes;
}

/** The whole file; files of more than 2 GiB are beyond Node's own function. @throws UsageError */
export function readBounded(path: string): Uint8Array {
  return withFile(path, ({ size, read }) => {
    if (size > largestFile)
      throw new UsageError(`${path} is larger than 4 GiB; models of that size can't be used here.`);
    return read(0, size);
  });
}
