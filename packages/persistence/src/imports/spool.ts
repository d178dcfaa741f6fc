import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { QuestionKind } from "@touchstone/contracts";
import { type RowToImport, stage } from "./staged-row.ts";

export interface Spool {
  /** Rows in the text format of COPY: line number, hash of the prompt, JSON. */
  readonly path: string;
  readonly rows: number;
  readonly differingPrefixes: number;
  remove(): Promise<void>;
}

/**
 * Writes the rows to a file first, however long the sender takes: only a file that is whole and sound reaches the
 * database, so that a slow or broken upload holds neither a connection nor a transaction. Whatever is thrown while
 * reading is thrown from here, and the file is gone.
 */
export async function spoolRows(rows: AsyncIterable<RowToImport>, question: QuestionKind): Promise<Spool> {
  const folder = await mkdtemp(join(tmpdir(), "touchstone-import-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, randomUUID());
  const seen = { rows: 0, differingPrefixes: 0 };
  async function* lines(): AsyncGenerator<string> {
    for await (const row of rows) {
      seen.rows += 1;
      if (row.note === "differing-prefixes") seen.differingPrefixes += 1;
      const { hash, ...data } = stage(row, question);
      yield `${row.line}\t${hash}\t${copyText(JSON.stringify(data))}\n`;
    }
  }
  try {
    await pipeline(Readable.from(lines(), { objectMode: true, highWaterMark: 64 }), createWriteStream(path));
    return { path, ...seen, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** JSON has no raw tabs or line ends; the backslash is all that COPY's text format would take for its own. */
function copyText(json: string): string {
  return json.replaceAll("\\", "\\\\");
}
