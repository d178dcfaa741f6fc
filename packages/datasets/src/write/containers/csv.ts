import { stringify } from "csv-stringify/sync";
import { guarded } from "../../read/cells.ts";
import { inTurns, rowsAtOnce } from "../../read/in-turns.ts";
import { assertDeclared, type Column, type ExportedRow } from "./column.ts";

/**
 * A table of comma-separated values (RFC 4180) in chunks of whole rows, under one line of names. Lists and objects stand as
 * their JSON. A text that a program for tables would reckon out (OWASP, “CSV injection”) has an apostrophe before it, which the
 * reader takes off; numbers have none, also negative ones. Nothing is an empty cell, and an empty text one in quotes.
 */
export async function* csv(rows: AsyncIterable<ExportedRow>, columns: readonly Column[]): AsyncGenerator<string> {
  const declared = new Set(columns.map(({ name }) => name));
  yield written([columns.map(({ name }) => name)]);
  let cells: Cells[] = [];
  for await (const row of inTurns(rows)) {
    assertDeclared(row, declared);
    cells.push(columns.map(({ name, type }) => cell(row[name], type)));
    if (cells.length < rowsAtOnce) continue;
    yield written(cells);
    cells = [];
  }
  if (cells.length > 0) yield written(cells);
}

type Cells = (string | null)[];

const written = (cells: Cells[]) =>
  stringify(cells, {
    record_delimiter: "windows",
    // By itself the library quotes only for the ends of its own records, and other readers end one at either sign.
    quoted_match: /[\r\n]/,
    cast: { string: (value) => (value === "" ? { value, quoted_empty: true } : value) },
  });

function cell(value: unknown, type: Column["type"]): string | null {
  if (value === null || value === undefined) return null;
  if (type === "number" || type === "integer" || type === "boolean") return String(value);
  const text = type === "text" ? String(value) : JSON.stringify(value);
  return guarded(text);
}
