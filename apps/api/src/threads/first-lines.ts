import type { ExportSample } from "@touchstone/contracts";
import { type AskedExport, jsonLines } from "@touchstone/datasets";
import { type ExportRows, rowsOf } from "@touchstone/persistence";

const sampledLines = 3;
/** Enough to know a row by; a text may have a million. */
const shownCharacters = 2_000;

/** The first few of the lines of an export, each as far as it is shown. */
export async function firstLines(source: ExportRows, asked: AskedExport): Promise<ExportSample["lines"]> {
  let text = "";
  for await (const chunk of jsonLines(first(rowsOf(source, asked)))) text += chunk;
  const lines = text.split("\n").slice(0, -1);
  return lines.map((line) => ({ text: line.slice(0, shownCharacters).toWellFormed(), characters: line.length }));
}

async function* first(rows: AsyncIterable<object>): AsyncGenerator<object> {
  let count = 0;
  for await (const row of rows) {
    yield row;
    count++;
    if (count === sampledLines) return;
  }
}
