import type { BroughtName } from "@touchstone/contracts";
import { fileProblem, openNamelessFile } from "@touchstone/datasets";
import type { StagedRows } from "./stage-rows.ts";

export interface Spool {
  readonly rows: number;
  readonly differingPrefixes: number;
  /** Pictures and sounds that they show. */
  readonly media: number;
  /** The questionnaires that their judgements answer, beside the standard ones. */
  readonly brought: ReadonlySet<BroughtName>;
  /** The rows in the text format of COPY. */
  read(): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

/**
 * Writes the rows to a file first, however long the sender takes: only a file that is whole and sound reaches the
 * database, so that a slow or broken upload holds neither a connection nor a transaction. Whatever is thrown while
 * reading is thrown from here.
 */
export async function spoolRows(staged: AsyncIterable<StagedRows>): Promise<Spool> {
  const file = await openNamelessFile();
  try {
    const seen = { rows: 0, differingPrefixes: 0, media: 0 };
    const brought = new Set<BroughtName>();
    for await (const { bytes, rows, differingPrefixes, media, brought: more } of staged) {
      for (const name of more) brought.add(name);
      seen.media += media;
      seen.rows += rows;
      seen.differingPrefixes += differingPrefixes;
      await file.append(bytes);
    }
    if (seen.rows === 0) throw fileProblem("fileNoRows");
    return { ...seen, brought, read: file.read, close: file.close };
  } catch (error) {
    await file.close();
    throw error;
  }
}
