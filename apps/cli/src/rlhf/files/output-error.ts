import { UsageError } from "../usage-error.ts";

/** What the system says of a place that can't be written, and the cure. */
const sentences: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full. Make room, or name a place on another",
  EDQUOT: "your share of the disk is used up. Make room, or name a place on another",
  EROFS: "the file system is read-only. Name a place on another",
  EACCES: "this user may not write there. Name another place",
  EPERM: "this user may not write there. Name another place",
  ENOENT: "there is no such place, or a link on the way leads nowhere. Name another",
  ENOTDIR: "a part of it is a file, not a folder. Name another place",
  EEXIST: "something of that name, perhaps a link that leads nowhere, is in the way. Name another place",
  ELOOP: "its links lead in a circle. Name another place",
  EISDIR: "it is a folder. Name a file",
  ENAMETOOLONG: "the name is too long. Name a shorter one",
  EFBIG: "the file is larger than that file system allows. Name a place on another",
  EIO: "the disk reports a fault. Name a place on another",
  EINVAL: "the system takes no such name there. Name another place",
  EXDEV: "it can't be moved there from its draft. Name another place",
};

/**
 * Does something that writes, and tells a fault of the disk or of the path in a sentence.
 * @param path what was to be written
 * @throws UsageError
 */
export async function writing<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const sentence = sentences[code];
    if (sentence === undefined) throw error;
    throw new UsageError(`${path} can't be written: ${sentence}.`);
  }
}
