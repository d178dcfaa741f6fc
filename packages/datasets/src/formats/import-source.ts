import type { ColumnMapping, ImportFormat } from "@touchstone/contracts";
import type { MarginScale } from "./margin-scale.ts";

/** A format, with the mapping that only `columns` has (and needs). */
export type ImportSource =
  | { readonly format: Exclude<ImportFormat, "columns" | "trl-preference"> }
  | {
      readonly format: "trl-preference";
      /** What the margins are, where a first pass has found it (`openMarginScale`) or the caller states it. */
      readonly margins?: MarginScale;
    }
  | { readonly format: "columns"; readonly mapping: ColumnMapping };
