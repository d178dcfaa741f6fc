import { rowTally, type Snapshot } from "@touchstone/persistence";
import { databaseFolder, type Manifest } from "./archive-form.ts";
import type { ArchiveWriter } from "./archive-writer.ts";

/** Rows are gathered to about this much before they go into the archive, which wants to know an entry's size first. */
const partBytes = 4 * 1024 * 1024;
const lineEnd = 0x0a;

/** Puts every table into the archive. @returns what each holds. */
export async function writeDatabase(snapshot: Snapshot, archive: ArchiveWriter): Promise<Manifest["tables"]> {
  const figures: Manifest["tables"] = {};
  for (const table of snapshot.tables) {
    const tally = rowTally();
    let part = 0;
    for await (const rows of wholeRows(snapshot.rows(table))) {
      tally.add(rows);
      part += 1;
      await archive.add(`${databaseFolder}${table.name}/${String(part).padStart(6, "0")}.copy`, rows);
    }
    figures[table.name] = tally.figures();
  }
  return figures;
}

/** Cuts a stream of rows where a row ends, so that each part can be loaded by itself. */
async function* wholeRows(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let length = 0;
  for await (const piece of stream) {
    waiting.push(piece);
    length += piece.length;
    if (length < partBytes) continue;
    const bytes = Buffer.concat(waiting);
    const end = bytes.lastIndexOf(lineEnd) + 1;
    if (end > 0) yield bytes.subarray(0, end);
    waiting = [bytes.subarray(end)];
    length = bytes.length - end;
  }
  if (length > 0) yield Buffer.concat(waiting);
}
