import { randomUUID } from "node:crypto";
import { type FileHandle, open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DomainError, type QuestionKind, reasonText } from "@touchstone/contracts";
import { type RowToImport, stage } from "./staged-row.ts";

export interface Spool {
  readonly rows: number;
  readonly differingPrefixes: number;
  /** The rows in the text format of COPY: line number, hash of the prompt, JSON. */
  read(): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

/** One write and one read of the file. */
const chunkLength = 64 * 1024;

/**
 * Writes the rows to a file first, however long the sender takes: only a file that is whole and sound reaches the
 * database, so that a slow or broken upload holds neither a connection nor a transaction. Whatever is thrown while
 * reading is thrown from here.
 */
export async function spoolRows(rows: AsyncIterable<RowToImport>, question: QuestionKind): Promise<Spool> {
  const file = await openNameless();
  try {
    const seen = await write(file, rows, question);
    if (seen.rows === 0)
      throw new DomainError("invalid_line", reasonText("fileNoRows"), {
        path: "lines.1",
        issues: [{ path: "lines.1", message: reasonText("fileNoRows"), reason: "fileNoRows" }],
      });
    return { ...seen, read: () => read(file), close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** A file without a name: the system frees it with its last handle, so nothing is left of it even after a SIGKILL. */
async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `touchstone-import-${randomUUID()}`);
  const file = await open(path, "wx+", 0o600);
  await unlink(path);
  return file;
}

async function write(file: FileHandle, rows: AsyncIterable<RowToImport>, question: QuestionKind) {
  const seen = { rows: 0, differingPrefixes: 0 };
  let chunk = "";
  for await (const row of rows) {
    seen.rows += 1;
    if (row.note === "differing-prefixes") seen.differingPrefixes += 1;
    const { hash, ...data } = stage(row, question);
    chunk += `${row.line}\t${hash}\t${copyText(JSON.stringify(data))}\n`;
    if (chunk.length < chunkLength) continue;
    await file.appendFile(chunk);
    chunk = "";
  }
  await file.appendFile(chunk);
  return seen;
}

async function* read(file: FileHandle): AsyncGenerator<Buffer> {
  let position = 0;
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(chunkLength), 0, chunkLength, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** JSON has no raw tabs or line ends; the backslash is all that COPY's text format would take for its own. */
function copyText(json: string): string {
  return json.replaceAll("\\", "\\\\");
}
