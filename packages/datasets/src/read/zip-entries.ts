import type { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import { type Entry, fromFdPromise, getFileNameLowLevel, type ZipFile } from "yauzl";
import type { SizeLimits } from "./decompress.ts";
import type { FileBytes } from "./file-bytes.ts";
import { fileProblem, tooLarge } from "./line-problem.ts";

/** A file of an archive. */
export interface ZipEntry {
  readonly name: string;
  /** Bytes, packed and not, and the CRC-32 of the latter, as the archive says. */
  readonly packed: number;
  readonly size: number;
  readonly crc: number;
  readonly open: () => Promise<Readable>;
}

/** What one archive may list: each of its files has a line in its directory, which is held. */
export interface ZipLimits {
  readonly entries: number;
  readonly directoryBytes: number;
}

const ofRows: ZipLimits = { entries: 10_000, directoryBytes: 16 * 2 ** 20 };

/**
 * What an archive says that it holds, in the order of the names. Nothing is unpacked to disk, so a name is only told; one that
 * leads out of its folder is refused all the same.
 *
 * @throws DomainError invalid_line for what is damaged, encrypted, packed in another way or leads out of its folder
 */
export async function zipEntries(bytes: FileBytes, limits: ZipLimits = ofRows): Promise<ZipEntry[]> {
  // Names are judged here, so that the refusal has them in it.
  const zip = await fromFdPromise(bytes.descriptor, { autoClose: false, decodeStrings: false }).catch(asDamage);
  if (zip.entryCount > limits.entries) throw fileProblem("zipTooLarge");
  const files: ZipEntry[] = [];
  let directory = 0;
  for await (const entry of saidBy(zip.eachEntry())) {
    directory += entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
    if (directory > limits.directoryBytes) throw fileProblem("zipTooLarge");
    const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
    if (!name.endsWith("/")) files.push(fileOf(zip, entry, name));
  }
  return files.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function fileOf(zip: ZipFile, entry: Entry, name: string): ZipEntry {
  const shown = { name: name.slice(0, 100) };
  if (leadsOut(name)) throw fileProblem("zipPath", shown);
  if (entry.isEncrypted()) throw fileProblem("zipEncrypted", shown);
  if (!entry.canDecodeFileData()) throw fileProblem("zipMethod", shown);
  return {
    name,
    packed: entry.compressedSize,
    size: entry.uncompressedSize,
    crc: entry.crc32,
    open: () => zip.openReadStreamPromise(entry),
  };
}

function leadsOut(name: string): boolean {
  return /^([/\\]|[A-Za-z]:)/.test(name) || name.split(/[/\\]/).includes("..") || name.includes("\0");
}

/**
 * The bytes of one file of an archive.
 *
 * @throws DomainError body_too_large where it unpacks too far, before the excess is looked at; invalid_line where it is damaged
 */
export async function* zipBytes(entry: ZipEntry, limits: SizeLimits): AsyncGenerator<Uint8Array> {
  let delivered = 0;
  let sum = 0;
  for await (const chunk of saidBy<Uint8Array>(await entry.open().catch(asDamage))) {
    delivered += chunk.length;
    if (delivered > limits.maximumBytes) throw tooLarge("fileTooLarge", { limit: limits.maximumBytes });
    if (delivered > limits.ratioFrom && delivered > entry.packed * limits.maximumRatio) {
      throw tooLarge("fileUnpacksTooFar", { limit: limits.maximumRatio });
    }
    sum = crc32(chunk, sum);
    yield chunk;
  }
  if (sum !== entry.crc) throw fileProblem("zipDamaged");
}

/** What an archive gives; what it is found to be wrong in is told as damage. */
async function* saidBy<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (error) {
    asDamage(error);
  }
}

/** A disk that can't be read is no fault of the file. */
function asDamage(error: unknown): never {
  throw error instanceof Error && !("syscall" in error) ? fileProblem("zipDamaged") : error;
}
