import type { ColumnMapping, ImportFormat } from "@touchstone/contracts";
import { readColumns } from "./formats/columns.ts";
import { readHh } from "./formats/hh.ts";
import { readPrompts } from "./formats/prompts.ts";
import { readTrlPreference } from "./formats/trl-preference.ts";
import type { ImportRow } from "./import-row.ts";
import type { SizeLimits } from "./read/decompress.ts";
import type { JsonRow } from "./read/json-rows.ts";
import { readRows } from "./read/read-rows.ts";

/** A format, with the mapping that only `columns` has (and needs). */
export type ImportSource =
  | { readonly format: Exclude<ImportFormat, "columns"> }
  | { readonly format: "columns"; readonly mapping: ColumnMapping };

/**
 * Reads a file of any kind that `readRows` takes as a stream of rows in the one form that the rest of the product knows.
 *
 * @throws DomainError at the first line that cannot be taken: invalid_line, invalid_mapping or body_too_large.
 */
export async function* readImport(
  bytes: AsyncIterable<Uint8Array>,
  source: ImportSource,
  limits?: SizeLimits,
): AsyncGenerator<ImportRow> {
  const read = readerOf(source);
  for await (const row of readRows(bytes, limits)) yield read(row);
}

function readerOf(source: ImportSource): (row: JsonRow) => ImportRow {
  switch (source.format) {
    case "trl-preference":
      return readTrlPreference;
    case "hh":
      return readHh;
    case "prompts":
      return readPrompts;
    case "columns":
      return (row) => readColumns(row, source.mapping);
  }
}
