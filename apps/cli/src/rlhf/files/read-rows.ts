import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Split } from "@touchstone/contracts";
import { DomainError } from "@touchstone/contracts";
import {
  FileSummary,
  marginsIn,
  readTrainingLines,
  type TrainingOptions,
  type TrainingRow,
} from "@touchstone/datasets";
import { UsageError } from "../usage-error.ts";
import { callerPath } from "./caller-path.ts";

export interface DataFile {
  readonly path: string;
  readonly sha256: string;
  readonly rows: readonly TrainingRow[];
  /** What the file was given for; rows that name a split of their own go by that. */
  readonly split: Split;
  /** What the file was taken for. */
  readonly summary: FileSummary;
}

/** The split a row names, or else that of its file. */
export function splitOf(row: TrainingRow, { split }: Pick<DataFile, "split">): Split {
  return row.split ?? split;
}

/**
 * Reads a training file: JSON Lines, a JSON array, CSV or TSV, plain or gzipped; a file called .txt that is no JSON is one text.
 * @throws UsageError naming file, line, column and cure
 */
export async function readDataFile(path: string, split: Split): Promise<DataFile> {
  const full = callerPath(path);
  const hash = createHash("sha256");
  const rows: TrainingRow[] = [];
  const summary = new FileSummary();
  await telling(path, async () => {
    const options = await readingOf(full);
    const bytes = hashed(createReadStream(full), hash);
    for await (const line of readTrainingLines(bytes, split, options)) {
      summary.add(line);
      for (const row of line.rows) rows.push(row);
    }
  });
  if (rows.length === 0) throw new UsageError(`${path} is empty.`);
  return { path: full, sha256: hash.digest("hex"), rows, split, summary };
}

/** How a file is read, with the rule for its margins where it can be read more than once: a pipe can't. */
export async function readingOf(path: string): Promise<TrainingOptions> {
  const mayBeText = isTextName(path);
  if (!(await stat(path)).isFile()) return { mayBeText };
  return { mayBeText, margins: await marginsIn(createReadStream(path), { mayBeText }) };
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

/** Whether a file may be one text to learn: no content tells prose from a table of one column. */
function isTextName(path: string): boolean {
  return /\.txt(\.gz)?$/i.test(path);
}
