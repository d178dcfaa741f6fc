import { isUtf8 } from "node:buffer";
import { type TableSigns, tableSigns } from "./delimiter.ts";
import { fileProblem } from "./line-problem.ts";
import { notUtf8 } from "./utf8.ts";

export type FileLayout = "json-lines" | "json-array" | "json-objects" | "csv" | "tsv" | "text" | "parquet" | "archive";

export interface LayoutSigns {
  readonly layout: FileLayout;
  /** Of a table. */
  readonly table?: TableSigns;
  /** Where every line ends as on the oldest Macs. */
  readonly endsInCarriageReturn?: boolean;
}

/**
 * How the rows lie in a file, by its beginning.
 *
 * @param head UTF-8
 * @param mayBeText whether a file that is neither JSON nor a table is one text to learn; then a table is taken for one too, since
 * prose is full of commas
 * @throws DomainError invalid_line where it is none that is known
 */
export function layoutOf(head: Buffer, isWhole: boolean, mayBeText: boolean): LayoutSigns {
  // Broken characters are told when the rows are read, with their line.
  const text = head.toString("utf8");
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const [first, second] = lines.map((line) => line.trim());
  if (first === undefined) return { layout: mayBeText ? "text" : "json-lines" };
  if (mayBeText) return { layout: isWholeObject(first) ? "json-lines" : "text" };
  if (first.startsWith("[")) return { layout: "json-array" };
  if (first.startsWith("{")) return { layout: isSpread(first, second) ? "json-objects" : "json-lines" };
  const table = tableSigns(text, isWhole);
  if (table !== undefined) {
    const endsInCarriageReturn = text.includes("\r") && !text.includes("\n");
    return { layout: table.delimiter === "\t" ? "tsv" : "csv", table, endsInCarriageReturn };
  }
  if (/^(["'\d-]|null|true|false)/.test(first)) return { layout: "json-lines" };
  if (!isUtf8(isWhole ? head : head.subarray(0, head.lastIndexOf(0x0a) + 1))) throw notUtf8(head, 1);
  throw fileProblem("fileUnknownLayout");
}

/** An object whose first line is not all of it, and whose second goes on within it rather than beginning another. */
function isSpread(first: string, second: string | undefined): boolean {
  return second !== undefined && !isWholeObject(first) && /^["}]/.test(second) && /[{,[:]$/.test(first);
}

function isWholeObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
