import { Readable } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";
import type { SizeLimits } from "./decompress.ts";
import type { FileBytes } from "./file-bytes.ts";
import { fileProblem, tooLarge } from "./line-problem.ts";

/** A file of an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly crc: number;
  readonly encrypted: boolean;
  /** Where its local header begins. */
  readonly start: number;
}

const [endSign, centralSign, localSign] = [0x06054b50, 0x02014b50, 0x04034b50];
/** A comment may stand after the end of the directory. */
const longestEnd = 22 + 0xffff;
/** Of one archive: each is a line of its directory, which is held. */
const mostEntries = 10_000;
const longestDirectory = 16 * 2 ** 20;
const chunkLength = 256 * 1024;

/**
 * What an archive says that it holds, in the order of the names. Nothing is unpacked to disk, so a name is only told; one that
 * leads out of its folder is refused all the same.
 *
 * @throws DomainError invalid_line for what is damaged, encrypted or leads out of its folder
 */
export async function zipEntries(bytes: FileBytes): Promise<ZipEntry[]> {
  const tail = await bytes.at(Math.max(0, bytes.size - longestEnd), bytes.size);
  const end = lastEnd(tail);
  if (end < 0) throw fileProblem("zipDamaged");
  const [count, length, start] = [
    tail.readUInt16LE(end + 10),
    tail.readUInt32LE(end + 12),
    tail.readUInt32LE(end + 16),
  ];
  // Larger archives write these numbers elsewhere.
  if (count === 0xffff || start === 0xffffffff) throw fileProblem("zipTooLarge");
  if (count > mostEntries || length > longestDirectory) throw fileProblem("zipTooLarge");
  const directory = await bytes.at(start, start + length);
  const entries: ZipEntry[] = [];
  for (let at = 0, left = count; left > 0; left -= 1) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== centralSign) throw fileProblem("zipDamaged");
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => directory.readUInt16LE(at + place));
    const name = directory.toString("utf8", at + 46, at + 46 + (nameLength ?? 0));
    entries.push({
      name,
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      packed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      encrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
      start: directory.readUInt32LE(at + 42),
    });
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  const files = entries.filter(({ name }) => !name.endsWith("/"));
  for (const { name, encrypted, packed, size } of files) {
    if (leadsOut(name)) throw fileProblem("zipPath", { name: name.slice(0, 100) });
    if (encrypted) throw fileProblem("zipEncrypted", { name: name.slice(0, 100) });
    if (packed === 0xffffffff || size === 0xffffffff) throw fileProblem("zipTooLarge");
  }
  return files.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function lastEnd(tail: Buffer): number {
  for (let at = tail.length - 22; at >= 0; at -= 1) if (tail.readUInt32LE(at) === endSign) return at;
  return -1;
}

function leadsOut(name: string): boolean {
  return /^([/\\]|[A-Za-z]:)/.test(name) || name.split(/[/\\]/).includes("..") || name.includes("\0");
}

/**
 * The bytes of one file of an archive.
 *
 * @throws DomainError body_too_large where it unpacks too far, before the excess is looked at; invalid_line where it is damaged
 */
export async function* zipBytes(bytes: FileBytes, entry: ZipEntry, limits: SizeLimits): AsyncGenerator<Uint8Array> {
  const header = await bytes.at(entry.start, entry.start + 30);
  if (header.length < 30 || header.readUInt32LE(0) !== localSign) throw fileProblem("zipDamaged");
  const start = entry.start + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = packedBytes(bytes, start, start + entry.packed);
  let delivered = 0;
  let sum = 0;
  for await (const chunk of entry.method === 0 ? packed : inflate(packed, entry)) {
    delivered += chunk.length;
    if (delivered > limits.maximumBytes) throw tooLarge("fileTooLarge", { limit: limits.maximumBytes });
    if (delivered > limits.ratioFrom && delivered > entry.packed * limits.maximumRatio) {
      throw tooLarge("fileUnpacksTooFar", { limit: limits.maximumRatio });
    }
    sum = crc32(chunk, sum);
    yield chunk;
  }
  if (delivered !== entry.size || sum !== entry.crc) throw fileProblem("zipDamaged");
}

async function* packedBytes(bytes: FileBytes, start: number, end: number): AsyncGenerator<Buffer> {
  for (let at = start; at < end; at += chunkLength) {
    const chunk = await bytes.at(at, Math.min(end, at + chunkLength));
    if (chunk.length === 0) throw fileProblem("zipDamaged");
    yield chunk;
  }
}

async function* inflate(packed: AsyncGenerator<Buffer>, { method, name }: ZipEntry): AsyncGenerator<Uint8Array> {
  if (method !== 8) throw fileProblem("zipMethod", { name: name.slice(0, 100) });
  const input = Readable.from(packed, { objectMode: false });
  const output = createInflateRaw();
  input.on("error", (error) => output.destroy(error));
  input.pipe(output);
  try {
    yield* output;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && /^Z_/.test(String(error.code)))) throw error;
    throw fileProblem("zipDamaged");
  } finally {
    input.destroy();
    output.destroy();
  }
}
