import { fileProblem, type NamelessFile, openNamelessFile } from "@touchstone/datasets";
import { type AskedOfRows, type RowToImport, stage } from "./staged-row.ts";

export interface Spool {
  readonly rows: number;
  readonly differingPrefixes: number;
  /** The rows in the text format of COPY: line number, hash of the prompt, JSON. */
  read(): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

/** Characters of one write. */
const chunkLength = 64 * 1024;

/**
 * Writes the rows to a file first, however long the sender takes: only a file that is whole and sound reaches the
 * database, so that a slow or broken upload holds neither a connection nor a transaction. Whatever is thrown while
 * reading is thrown from here.
 */
export async function spoolRows(rows: AsyncIterable<RowToImport>, asked: AskedOfRows): Promise<Spool> {
  const file = await openNamelessFile();
  try {
    const seen = await write(file, rows, asked);
    if (seen.rows === 0) throw fileProblem("fileNoRows");
    return { ...seen, read: file.read, close: file.close };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function write(file: NamelessFile, rows: AsyncIterable<RowToImport>, asked: AskedOfRows) {
  const seen = { rows: 0, differingPrefixes: 0 };
  let chunk = "";
  for await (const row of rows) {
    seen.rows += 1;
    if (row.note === "differing-prefixes") seen.differingPrefixes += 1;
    const { hash, ...data } = stage(row, asked);
    chunk += `${row.line}\t${hash}\t${copyText(JSON.stringify(data))}\n`;
    if (chunk.length < chunkLength) continue;
    await file.append(chunk);
    chunk = "";
  }
  await file.append(chunk);
  return seen;
}

/** JSON has no raw tabs or line ends; the backslash is all that COPY's text format would take for its own. */
function copyText(json: string): string {
  return json.replaceAll("\\", "\\\\");
}
