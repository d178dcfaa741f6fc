import type { ExportedRow } from "./containers/column.ts";
import { columnsOf } from "./containers/columns-of.ts";
import { csv } from "./containers/csv.ts";
import { parquet } from "./containers/parquet.ts";
import type { AskedExport } from "./export-kind.ts";
import { jsonLines } from "./json-lines.ts";

/** The bytes of a file that holds these rows, some rows at a time, each made when the one before was taken. */
export async function* exportFile(
  rows: AsyncIterable<ExportedRow>,
  asked: Pick<AskedExport, "format" | "aggregation" | "margin" | "container">,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const columns = columnsOf(asked.format, asked);
  if (asked.container === "parquet") yield* parquet(rows, columns);
  else if (asked.container === "csv") yield* encoded(csv(rows, columns));
  else if (asked.format === "label-studio") yield* encoded(jsonList(rows));
  else yield* encoded(jsonLines(rows));
}

/** Whole lines as bytes that are nobody else's, so that their memory can be given away. */
export async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  for await (const text of texts) yield encoder.encode(text);
}

/** The same rows as one list, a row a line, for readers that know no lines. */
async function* jsonList(rows: AsyncIterable<object>): AsyncGenerator<string> {
  let before = "[\n";
  for await (const lines of jsonLines(rows)) {
    yield before + lines.trimEnd().replaceAll("\n", ",\n");
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}
