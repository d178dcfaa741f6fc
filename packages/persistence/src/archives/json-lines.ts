import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";

// JSON has neither of these characters as it is, so COPY leaves its text alone: a row a line, byte for byte.
const asItIs = `(FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01')`;

/** The rows of a query with one column of JSON, a line each. */
export function copyLines(client: pg.ClientBase, query: string): AsyncIterable<Buffer> {
  return client.query(copyTo(`COPY (${query}) TO STDOUT ${asItIs}`));
}

/** Puts lines of JSON into the one column of a table. */
export async function putLines(client: pg.ClientBase, table: string, lines: AsyncIterable<Uint8Array>): Promise<void> {
  await pipeline(lines, client.query(copyFrom(`COPY ${table} FROM STDIN ${asItIs}`)));
}

const lineEnd = 0x0a;

/** How many lines end in these bytes. */
export function linesIn(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(lineEnd); at >= 0; at = bytes.indexOf(lineEnd, at + 1)) count += 1;
  return count;
}
