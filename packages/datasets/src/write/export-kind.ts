import { type Aggregation, type ExportOptions, type RecordFormat, ShapedFormat } from "@touchstone/contracts";

/** What is asked of an export, whatever its rows are read from. */
export interface AskedExport extends Omit<ExportOptions, "margin" | "model"> {
  readonly format: RecordFormat | ShapedFormat;
  readonly margin: boolean;
}

export const isShaped = (format: string): format is ShapedFormat => ShapedFormat.safeParse(format).success;

/** Whether its rows are made by the table of shapes: those of a shape, and preferences of several judgements. */
export const isMadeByShape = ({ format, aggregation }: { format: string; aggregation: Aggregation }): boolean =>
  isShaped(format) || aggregation !== "votes";

/** How the name of an export's file ends. */
export function endingOf({ format, container, compression, part }: AskedExport): string {
  if (part === "dataset-info") return "dataset_info.json";
  if (container === "folder") return "zip";
  const ending = part === "sidecar" ? "sidecar.jsonl" : rowsEnding(format, container);
  return compression === "gzip" ? `${ending}.gz` : ending;
}

/** Label Studio imports a list, and no lines. */
function rowsEnding(format: string, container: AskedExport["container"]): string {
  if (container !== "jsonl") return container;
  return format === "label-studio" ? "json" : "jsonl";
}
