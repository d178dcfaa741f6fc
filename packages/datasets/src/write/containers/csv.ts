import { stringify } from "csv-stringify/sync";
import { inTurns, rowsAtOnce } from "../../read/in-turns.ts";
import { assertDeclared, type Column, type ExportedRow } from "./column.ts";

/** How a text begins that a program for tables would reckon out instead of showing it (OWASP, “CSV injection”). */
const formula = /^[=+\-@\t\r]/;

/**
 * A table of comma-separated values (RFC 4180) in chunks of whole rows, under one line of names. Lists and objects stand as
 * their JSON. A text that begins as a formula has an apostrophe before it; numbers have none, also negative ones.
 */
export async function* csv(rows: AsyncIterable<ExportedRow>, columns: readonly Column[]): AsyncGenerator<string> {
  const declared = new Set(columns.map(({ name }) => name));
  yield written([columns.map(({ name }) => name)]);
  let cells: string[][] = [];
  for await (const row of inTurns(rows)) {
    assertDeclared(row, declared);
    cells.push(columns.map(({ name, type }) => cell(row[name], type)));
    if (cells.length < rowsAtOnce) continue;
    yield written(cells);
    cells = [];
  }
  if (cells.length > 0) yield written(cells);
}

const written = (cells: string[][]) => stringify(cells, { record_delimiter: "windows" });

function cell(value: unknown, type: Column["type"]): string {
  if (value === null || value === undefined) return "";
  if (type === "number" || type === "integer" || type === "boolean") return String(value);
  const text = type === "text" ? String(value) : JSON.stringify(value);
  return formula.test(text) ? `'${text}` : text;
}
