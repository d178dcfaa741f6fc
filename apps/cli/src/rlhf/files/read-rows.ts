import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { Split } from "@touchstone/contracts";
import { DomainError } from "@touchstone/contracts";
import { readTraining, type TrainingRow } from "@touchstone/datasets";
import { UsageError } from "../usage-error.ts";
import { callerPath } from "./caller-path.ts";

export interface DataFile {
  readonly path: string;
  readonly sha256: string;
  readonly rows: readonly TrainingRow[];
  /** What the file was given for; rows that name a split of their own go by that. */
  readonly split: Split;
}

/** The split a row names, or else that of its file. */
export function splitOf(row: TrainingRow, { split }: Pick<DataFile, "split">): Split {
  return row.split ?? split;
}

/**
 * Reads a training file: JSON Lines, plain or gzipped; a file called .txt is one text.
 * @throws UsageError naming file, line, column and cure
 */
export async function readDataFile(path: string, split: Split): Promise<DataFile> {
  const full = callerPath(path);
  const hash = createHash("sha256");
  const rows: TrainingRow[] = [];
  await telling(path, async () => {
    const bytes = hashed(createReadStream(full), hash);
    if (full.endsWith(".txt")) rows.push({ kind: "text", text: await textOf(bytes) });
    else for await (const row of readTraining(bytes, split)) rows.push(row);
  });
  if (rows.length === 0) throw new UsageError(`${path} is empty.`);
  return { path: full, sha256: hash.digest("hex"), rows, split };
}

/** Says which file it was. */
export async function telling<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DomainError) throw new UsageError(`${path}: ${error.message}`);
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") throw new UsageError(`There is no file ${path}.`);
    if (code === "EISDIR") throw new UsageError(`${path} is a folder. Name a file in it.`);
    if (code === "EACCES" || code === "EPERM" || code === "ELOOP")
      throw new UsageError(`${path} can't be read: ${code}.`);
    throw error;
  }
}

/** The bytes as they come, each counted into the hash. */
export async function* hashed(bytes: AsyncIterable<Uint8Array>, hash: ReturnType<typeof createHash>) {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

export async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return new TextDecoder("utf-8").decode(Buffer.concat(chunks));
}
