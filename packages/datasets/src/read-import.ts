import { type ColumnMapping, DomainError, type ImportFormat } from "@touchstone/contracts";
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

interface ReadingOptions {
  readonly limits?: SizeLimits;
  /** Pass over rows that cannot be taken; the receipt has named them before. */
  readonly leaveOut?: boolean;
}

/**
 * Reads a file as a stream of rows in the one form that the rest of the product knows.
 *
 * @throws DomainError at the first line that cannot be taken: invalid_line, invalid_mapping or body_too_large. With
 * `leaveOut` only where the file itself cannot be read on.
 */
export async function* readImport(
  bytes: AsyncIterable<Uint8Array>,
  source: ImportSource,
  { limits, leaveOut = false }: ReadingOptions = {},
): AsyncGenerator<ImportRow> {
  const read = rowReader(source);
  for await (const row of readRows(bytes, limits)) {
    const taken = tryRow(read, row);
    if (!(taken instanceof DomainError)) yield taken;
    else if (!leaveOut) throw taken;
  }
}

/** The row, or why it cannot be taken. */
export function tryRow(read: (row: JsonRow) => ImportRow, row: JsonRow): ImportRow | DomainError {
  try {
    return read(row);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

export function rowReader(source: ImportSource): (row: JsonRow) => ImportRow {
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
