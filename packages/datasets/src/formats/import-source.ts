import type { ColumnMapping, ImportFormat } from "@touchstone/contracts";
import type { MarginScale } from "./margin-scale.ts";

/** Whose margins are read by one rule for the whole file. */
export type FormatWithMargins = "trl-preference" | "swift";

/** Whether this is such a source. */
export const hasMargins = (source: ImportSource): source is Extract<ImportSource, { format: FormatWithMargins }> =>
  source.format === "trl-preference" || source.format === "swift";

/** A format, with the mapping that only `columns` has (and needs). */
export type ImportSource =
  | { readonly format: Exclude<ImportFormat, "columns" | FormatWithMargins> }
  | {
      readonly format: FormatWithMargins;
      /** What the margins are, where a first pass has found it (`openMarginScale`) or the caller states it. */
      readonly margins?: MarginScale;
    }
  | { readonly format: "columns"; readonly mapping: ColumnMapping };
