import { createHash } from "node:crypto";

/** What a table held: equal where its rows are. */
export interface RowFigures {
  rows: number;
  /** Of the rows in COPY's text form, in the order of the table's key. */
  sha256: string;
}

/** Counts and hashes rows as they pass. In COPY's text form a line end stands at the end of each row and nowhere else. */
export function rowTally() {
  const hash = createHash("sha256");
  let rows = 0;
  return {
    add(chunk: Buffer): void {
      hash.update(chunk);
      for (let at = chunk.indexOf(lineEnd); at >= 0; at = chunk.indexOf(lineEnd, at + 1)) rows += 1;
    },
    figures: (): RowFigures => ({ rows, sha256: hash.digest("hex") }),
  };
}

const lineEnd = 0x0a;
