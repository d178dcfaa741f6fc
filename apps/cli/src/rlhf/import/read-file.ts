import { existsSync } from "node:fs";
import type { ByteSource } from "@touchstone/engine";
import { withOpenFile } from "@touchstone/rlhf";
import { callerPath } from "../files/caller-path.ts";
import { UsageError } from "../usage-error.ts";

/** Bytes of the largest file that is read whole: what an array of Node.js 20 holds. */
const largestFile = 2 ** 32;

/** Work on a file that is read in pieces, and closed afterwards. @throws UsageError if there is none, TrainingError if it is none */
export function withFile<T>(path: string, work: (file: ByteSource) => T): T {
  const full = callerPath(path);
  if (!existsSync(full)) throw new UsageError(`There is no file ${path}.`);
  return withOpenFile(full, work);
}

/** The whole file; files of more than 2 GiB are beyond Node's own function. @throws UsageError */
export function readBounded(path: string): Uint8Array {
  return withFile(path, ({ size, read }) => {
    if (size > largestFile)
      throw new UsageError(`${path} is larger than 4 GiB; models of that size can't be used here.`);
    return read(0, size);
  });
}
