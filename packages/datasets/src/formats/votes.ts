import type { ColumnMapping } from "@touchstone/contracts";
import { type ImportVote, unnamedAnnotator } from "../import-row.ts";
import { isSaid, nameOf, optionalName, valueAt } from "../read/fields.ts";
import { isObject, type JsonRow } from "../read/json-rows.ts";
import { lineProblem, mappingProblem } from "../read/line-problem.ts";

/** What the two sides and a tie are called when the mapping does not say. */
const plainValues = { a: ["a"], b: ["b"], tie: ["tie"] };
/** A plain vote for one side is “better”, the middle of the three grades. */
const plainOutcomes = { a: 2, tie: 0, b: -2 } as const;

/** The votes of one row: a list with an entry a vote, or a column an annotator. Empty and null values are no votes. */
export function votesOf(row: JsonRow, mapping: ColumnMapping): ImportVote[] {
  const { votes } = mapping;
  if (votes === undefined) return [];
  return "list" in votes ? votesInList(row, mapping, votes) : votesInColumns(row, mapping, votes.columns);
}

function votesInList(
  { line, value }: JsonRow,
  mapping: ColumnMapping,
  paths: { list: string; annotator: string; value: string },
): ImportVote[] {
  const list = valueAt(value, paths.list);
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) throw mappingProblem("votes.list", `“${paths.list}” is not a list.`, line);
  return list.flatMap((entry: unknown, index) => {
    const at = `${paths.list}.${index}`;
    if (!isObject(entry)) throw lineProblem(line, at, "must be an object with an annotator and a value.");
    const raw = valueAt(entry, paths.value);
    if (isAbsent(raw)) return [];
    const annotator = nameOf(valueAt(entry, paths.annotator), line, `${at}.${paths.annotator}`);
    return [{ annotator, outcome: outcomeOf(raw, mapping, line, `${at}.${paths.value}`) }];
  });
}

/** With one column, and an annotator column beside it, a row is one named person's vote. */
function votesInColumns({ line, value }: JsonRow, mapping: ColumnMapping, columns: readonly string[]): ImportVote[] {
  const named =
    mapping.annotator !== undefined && columns.length === 1
      ? (optionalName(valueAt(value, mapping.annotator), line, mapping.annotator) ?? unnamedAnnotator)
      : null;
  return columns.flatMap((column) => {
    const raw = valueAt(value, column);
    if (raw === undefined && line === 1) {
      throw mappingProblem("votes.columns", `there is no column “${column}”.`, line);
    }
    if (isAbsent(raw)) return [];
    return [{ annotator: named ?? column, outcome: outcomeOf(raw, mapping, line, column) }];
  });
}

function isAbsent(raw: unknown): boolean {
  return raw === undefined || raw === null || raw === "";
}

function outcomeOf(raw: unknown, mapping: ColumnMapping, line: number, field: string): number {
  const values = mapping.values ?? plainValues;
  const said = String(raw);
  const side = (["a", "b", "tie"] as const).find((name) => values[name].some((one) => isSaid(raw, one)));
  if (side !== undefined) return plainOutcomes[side];
  const known = (["a", "b", "tie"] as const).map((name) => `${name}: ${values[name].join(", ")}`).join("; ");
  const shown = said.length > 40 ? `${said.slice(0, 40)}…` : said;
  throw mappingProblem("values", `${field} is “${shown}”, which is none of the values (${known}).`, line);
}
