import { Readable } from "node:stream";
import type { DomainError } from "@touchstone/contracts";
import { CsvError, type Parser, parse } from "csv-parse";
import { cellValue, isGuarded, isOfLists } from "./cells.ts";
import type { TableSigns } from "./delimiter.ts";
import type { JsonRow } from "./json-rows.ts";
import { fileProblem, lineProblem } from "./line-problem.ts";
import { longestRow } from "./utf8.ts";

/** Of one row: its limit in bytes says nothing of cells that are empty, and each is work. */
const mostCells = 10_000;

type Cells = readonly (string | null)[];

export interface TableOptions {
  readonly endsInCarriageReturn?: boolean | undefined;
  /** Told of each cell that began with the apostrophe of a formula, which was taken off. */
  readonly onApostrophe?: ((line: number) => void) | undefined;
}

/**
 * The rows of a CSV or TSV file, by the names in its header. Cells are text, or the lists that they hold as JSON (`cellValue`);
 * an empty cell is null, an empty text one that is quoted ("").
 *
 * @param source UTF-8
 * @throws DomainError invalid_line naming the line where the row at fault begins
 */
export async function* readTableRows(
  source: AsyncIterable<Uint8Array>,
  { delimiter, saysSo }: TableSigns,
  { endsInCarriageReturn = false, onApostrophe = () => {} }: TableOptions = {},
): AsyncGenerator<JsonRow> {
  let header: Header | undefined;
  let rows = 0;
  /** Where the next record begins: the parser runs ahead of the rows that were taken from it. */
  const next = { line: 1 };
  const lines = new WeakMap<Cells, number>();
  const input = Readable.from(source, { objectMode: false });
  const parser = parse({
    delimiter,
    relax_column_count: true,
    record_delimiter: endsInCarriageReturn ? "\r" : ["\r\n", "\n"],
    max_record_size: longestRow,
    cast: (cell, { index, quoting }) => {
      if (index >= mostCells) throw lineProblem(next.line, null, "tableTooWide", { limit: mostCells });
      return cell === "" && !quoting ? null : cell;
    },
    // Not with the parser's option `raw`: it would copy the record as far as it has come for each of its cells.
    on_record: (cells) => {
      lines.set(cells, next.line);
      next.line += cells.reduce((breaks, cell: string | null) => breaks + breaksIn(cell ?? ""), 1);
      return cells;
    },
  });
  tellLittleOfCells(parser);
  input.on("error", (error) => parser.destroy(error));
  input.pipe(parser);
  try {
    for await (const parsed of parser) {
      const cells: Cells = parsed;
      const line = lines.get(cells) ?? next.line;
      if (cells.length === 1 && cells[0] === null) continue;
      if (saysSo && line === 1) continue;
      if (header === undefined) {
        header = headerOf(cells, line);
        continue;
      }
      rows += 1;
      yield { line, value: rowOf(header, cells, line, onApostrophe) };
    }
  } catch (error) {
    throw error instanceof CsvError ? tableProblem(error, next.line) : error;
  } finally {
    input.destroy();
    parser.destroy();
  }
  if (header !== undefined && rows === 0) {
    throw fileProblem("tableNoRows", { header: shown(header.names) });
  }
}

/** What the parser keeps to itself. */
interface Inside {
  readonly api?: {
    readonly state: { readonly record: readonly unknown[]; readonly wasQuoting: boolean };
    __infoField?: () => { index: number; quoting: boolean };
  };
}

/**
 * To tell `cast` of a cell, the parser makes three objects of some fifteen members, one out of the other: two thirds of the time
 * that a table takes. Only two members are looked at here. A version that has no such method is as right, and as slow as it was.
 */
function tellLittleOfCells({ api }: Parser & Inside): void {
  if (api?.__infoField === undefined) return;
  api.__infoField = () => ({ index: api.state.record.length, quoting: api.state.wasQuoting });
}

function breaksIn(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}

interface Header {
  readonly names: readonly string[];
  /** Of each column whether it holds lists and objects alone. */
  readonly listed: readonly boolean[];
}

/** Columns without a name, such as the index that pandas writes, are told by their place. */
function headerOf(record: Cells, line: number): Header {
  const names = record.map((cell, index) => cell?.trim() || `column ${index + 1}`);
  const seen = new Set<string>();
  const twice = names.find((name) => seen.has(name) || !seen.add(name));
  if (twice === undefined) return { names, listed: names.map((name) => isOfLists(name, names)) };
  throw lineProblem(line, twice.slice(0, 60), "tableNameTwice");
}

function rowOf(
  { names, listed }: Header,
  record: Cells,
  line: number,
  onApostrophe: (line: number) => void,
): JsonRow["value"] {
  if (record.length === names.length) {
    const valueIn = (cell: string | null | undefined, index: number) => {
      if (cell === null || cell === undefined) return cell;
      if (!isGuarded(cell)) return cellValue(cell, line, listed[index] ?? false);
      onApostrophe(line);
      return cell.slice(1);
    };
    return Object.fromEntries(names.map((name, index) => [name, valueIn(record[index], index)]));
  }
  const expected = { expected: names.length, header: shown(names) };
  if (record.length === 1) throw lineProblem(line, null, "tableOneCell", expected);
  throw lineProblem(line, null, "tableCells", { count: record.length, ...expected });
}

function shown(header: readonly string[]): string {
  const names = header.slice(0, 10).join(", ");
  return header.length > 10 ? `${names}, …` : names;
}

/** @param line after the last sound row */
function tableProblem({ code }: CsvError, line: number): DomainError {
  switch (code) {
    case "CSV_QUOTE_NOT_CLOSED":
    case "CSV_MAX_RECORD_SIZE":
      return lineProblem(line, null, "tableOpenQuote");
    default:
      return lineProblem(line, null, "tableQuoteInCell");
  }
}
