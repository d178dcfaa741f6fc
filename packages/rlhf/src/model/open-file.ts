import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { basename } from "node:path";
import type { ByteSource } from "@touchstone/engine";
import { reasoned } from "../training-error.ts";

/** Bytes of one call: the system reads no more than 2 GiB. */
const mostAtOnce = 2 ** 30;

/**
 * Work on a file that is read in pieces, and closed afterwards.
 *
 * @throws TrainingError `bad_model_files` where it is no regular file, or becomes shorter meanwhile
 */
export function withOpenFile<T>(path: string, work: (file: ByteSource) => T): T {
  // A pipe or a device has no size, and may have no end; to open one waits for whoever writes into it.
  if (!statSync(path).isFile()) throw reasoned("fileNotRegular", { file: basename(path) });
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
    if (read === 0) throw reasoned("fileShortened", { file: basename(path) });
    done += read;
  }
  return bytes;
}
