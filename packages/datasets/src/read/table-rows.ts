import { Readable } from "node:stream";
import type { DomainError } from "@touchstone/contracts";
import { CsvError, parse } from "csv-parse";
import type { TableSigns } from "./delimiter.ts";
import type { JsonRow } from "./json-rows.ts";
import { fileProblem, lineProblem } from "./line-problem.ts";
import { longestRow } from "./utf8.ts";

/** A record with its text as it stands in the file: what csv-parse gives with `raw`, though its types don't say so. */
interface RawRecord {
  readonly raw: string;
  readonly record: readonly (string | null)[];
}

function isRawRecord(parsed: unknown): parsed is RawRecord {
  return typeof parsed === "object" && parsed !== null && "raw" in parsed && "record" in parsed;
}

/**
 * The rows of a CSV or TSV file, by the names in its header. Cells are text; an empty cell is null, an empty text one that is
 * quoted ("").
 *
 * @param source UTF-8
 * @throws DomainError invalid_line naming the line where the row at fault begins
 */
export async function* readTableRows(
  source: AsyncIterable<Uint8Array>,
  { delimiter, saysSo }: TableSigns,
  endsInCarriageReturn = false,
): AsyncGenerator<JsonRow> {
  let header: readonly string[] | undefined;
  let line = 1;
  let rows = 0;
  let parsedLines = 0;
  const input = Readable.from(source, { objectMode: false });
  const parser = parse({
    delimiter,
    raw: true,
    relax_column_count: true,
    record_delimiter: endsInCarriageReturn ? "\r" : ["\r\n", "\n"],
    max_record_size: longestRow,
    cast: (cell, { quoting }) => (cell === "" && !quoting ? null : cell),
    on_record: (record, { lines }) => {
      parsedLines = lines;
      return record;
    },
  });
  input.on("error", (error) => parser.destroy(error));
  input.pipe(parser);
  try {
    for await (const parsed of parser) {
      if (!isRawRecord(parsed)) continue;
      const { raw, record } = parsed;
      // What csv-parse calls raw begins with the line breaks that it passed over.
      const start = line + breaksIn(/^[\r\n]*/.exec(raw)?.[0] ?? "");
      line += breaksIn(raw);
      if (record.length === 1 && record[0] === null) continue;
      if (saysSo && header === undefined && start === 1 && /^\s*sep=/i.test(raw)) continue;
      if (header === undefined) {
        header = headerOf(record, start);
        continue;
      }
      rows += 1;
      yield { line: start, value: rowOf(header, record, start) };
    }
  } catch (error) {
    throw error instanceof CsvError ? tableProblem(error, parsedLines + 1) : error;
  } finally {
    input.destroy();
    parser.destroy();
  }
  if (header !== undefined && rows === 0) {
    throw fileProblem("tableNoRows", { header: shown(header) });
  }
}

function breaksIn(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}

/** Columns without a name, such as the index that pandas writes, are told by their place. */
function headerOf(record: readonly (string | null)[], line: number): readonly string[] {
  const names = record.map((cell, index) => cell?.trim() || `column ${index + 1}`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return names;
  throw lineProblem(line, twice.slice(0, 60), "tableNameTwice");
}

function rowOf(header: readonly string[], record: readonly (string | null)[], line: number): JsonRow["value"] {
  if (record.length === header.length) return Object.fromEntries(header.map((name, index) => [name, record[index]]));
  const expected = { expected: header.length, header: shown(header) };
  if (record.length === 1) throw lineProblem(line, null, "tableOneCell", expected);
  throw lineProblem(line, null, "tableCells", { count: record.length, ...expected });
}

function shown(header: readonly string[]): string {
  const names = header.slice(0, 10).join(", ");
  return header.length > 10 ? `${names}, …` : names;
}

/** @param line after the last sound row: the parser runs ahead of the rows that were taken from it */
function tableProblem({ code }: CsvError, line: number): DomainError {
  switch (code) {
    case "CSV_QUOTE_NOT_CLOSED":
    case "CSV_MAX_RECORD_SIZE":
      return lineProblem(line, null, "tableOpenQuote");
    default:
      return lineProblem(line, null, "tableQuoteInCell");
  }
}
