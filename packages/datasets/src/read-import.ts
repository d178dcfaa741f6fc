import type { ColumnMapping, ImportFormat } from "@touchstone/contracts";
import { readColumns } from "./formats/columns.ts";
import { readHh } from "./formats/hh.ts";
import { type MarginScale, openMarginScale } from "./formats/margin-scale.ts";
import { readJudgementRow, readRatingRow, readSftRow } from "./formats/own-exports.ts";
import { readPrompts } from "./formats/prompts.ts";
import { readTrlPreference } from "./formats/trl-preference.ts";
import type { ImportRow } from "./import-row.ts";
import type { SizeLimits } from "./read/decompress.ts";
import type { JsonRow } from "./read/json-rows.ts";
import { readRows } from "./read/read-rows.ts";
import { spoolBytes } from "./spool-bytes.ts";

/** A format, with the mapping that only `columns` has (and needs). */
export type ImportSource =
  | { readonly format: Exclude<ImportFormat, "columns" | "trl-preference"> }
  | {
      readonly format: "trl-preference";
      /** What the margins are, where a first pass has found it (`openMarginScale`) or the caller states it. */
      readonly margins?: MarginScale;
    }
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
  if (source.format === "trl-preference" && source.margins === undefined) {
    yield* readInTwoPasses(bytes, limits);
    return;
  }
  const read = readerOf(source);
  for await (const row of readRows(bytes, limits)) yield read(row);
}

/** Margins are read by one rule for the whole file, so the file is kept until its last margin has been seen. */
async function* readInTwoPasses(bytes: AsyncIterable<Uint8Array>, limits?: SizeLimits): AsyncGenerator<ImportRow> {
  const file = await spoolBytes(bytes);
  try {
    const builder = openMarginScale();
    for await (const { line, value } of readRows(file.read(), limits)) builder.add(value.margin, line);
    const source: ImportSource = { format: "trl-preference", margins: builder.scale() };
    yield* readImport(file.read(), source, limits);
  } finally {
    await file.close();
  }
}

function readerOf(source: ImportSource): (row: JsonRow) => ImportRow {
  switch (source.format) {
    case "trl-preference":
      return (row) => readTrlPreference(row, source.margins ?? { kind: "unit" });
    case "hh":
      return readHh;
    case "prompts":
      return readPrompts;
    case "judgements":
      return readJudgementRow;
    case "ratings":
      return readRatingRow;
    case "sft-messages":
      return readSftRow;
    case "columns":
      return (row) => readColumns(row, source.mapping);
  }
}
