import { type ColumnMapping, usualVoteValues } from "@touchstone/contracts";
import { type ImportVote, unnamedAnnotator } from "../import-row.ts";
import { nameOf, optionalName, quoted, SaidValues, textOf, valueAt } from "../read/fields.ts";
import { isObject, type JsonRow } from "../read/json-rows.ts";
import { lineProblem, mappingProblem } from "../read/line-problem.ts";

type Values = NonNullable<ColumnMapping["values"]>;

/** What the two sides, a tie and two bad answers are called when the mapping does not say. */
const plainValues: Values = { ...usualVoteValues, grades: {} };
/** A plain vote for one side is “better”, the middle of the three grades. */
const plainOutcomes = { a: 2, tie: 0, b: -2, bothBad: 0 } as const;
const sides = ["a", "b", "tie", "bothBad"] as const;

/**
 * The votes of one row: a list with an entry a vote, a column an annotator, or the same side in every row. Empty and
 * null values are no votes.
 */
export function votesOf(row: JsonRow, mapping: ColumnMapping): ImportVote[] {
  const { votes, winner } = mapping;
  if (winner !== undefined) {
    return [
      { annotator: annotatorOf(row, mapping), outcome: plainOutcomes[winner], ...commentOf(row, mapping.comment) },
    ];
  }
  if (votes === undefined) return [];
  return "list" in votes ? votesInList(row, mapping, votes) : votesInColumns(row, mapping, votes);
}

function votesInList(
  { line, value }: JsonRow,
  mapping: ColumnMapping,
  paths: { list: string; annotator?: string | undefined; value: string; comment?: string | undefined },
): ImportVote[] {
  const list = valueAt(value, paths.list);
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) throw mappingProblem("votes.list", line, "mappingNotList", { column: paths.list });
  return list.flatMap((entry: unknown, index) => {
    const at = `${paths.list}.${index}`;
    if (!isObject(entry)) throw lineProblem(line, at, "voteEntry");
    const raw = valueAt(entry, paths.value);
    if (isAbsent(raw)) return [];
    const annotator =
      paths.annotator === undefined
        ? `${unnamedAnnotator} ${index + 1}`
        : nameOf(valueAt(entry, paths.annotator), line, `${at}.${paths.annotator}`);
    const comment =
      paths.comment === undefined ? {} : commentIn(valueAt(entry, paths.comment), line, `${at}.${paths.comment}`);
    return [{ annotator, ...meaningOf(raw, mapping, line, `${at}.${paths.value}`), ...comment }];
  });
}

/** With one column, and an annotator column beside it, a row is one named person's vote. */
function votesInColumns(
  row: JsonRow,
  mapping: ColumnMapping,
  { columns, comments = {} }: { columns: readonly string[]; comments?: Readonly<Record<string, string>> | undefined },
): ImportVote[] {
  const named = mapping.annotator !== undefined && columns.length === 1 ? annotatorOf(row, mapping) : null;
  return columns.flatMap((column) => {
    const raw = valueAt(row.value, column);
    if (isAbsent(raw)) return [];
    const comment = commentOf(row, comments[column] ?? (columns.length === 1 ? mapping.comment : undefined));
    return [{ annotator: named ?? column, ...meaningOf(raw, mapping, row.line, column), ...comment }];
  });
}

function annotatorOf({ line, value }: JsonRow, { annotator }: ColumnMapping): string {
  const name = annotator === undefined ? null : optionalName(valueAt(value, annotator), line, annotator);
  return name ?? unnamedAnnotator;
}

/** What a row says of why it was judged so. Of several annotators' columns nobody knows whose words it holds. */
export function commentOf({ line, value }: JsonRow, path: string | undefined): { comment?: string } {
  return path === undefined ? {} : commentIn(valueAt(value, path), line, path);
}

function commentIn(value: unknown, line: number, field: string): { comment?: string } {
  return isAbsent(value) ? {} : { comment: textOf(value, line, field) };
}

function isAbsent(raw: unknown): boolean {
  return raw === undefined || raw === null || raw === "";
}

type Meaning = Omit<ImportVote, "annotator">;

/** What each value of a mapping means, by what files may say for it; a row has thousands of votes. */
const meanings = new WeakMap<Values, SaidValues<Meaning>>();

function meaningsOf(values: Values): SaidValues<Meaning> {
  const known = meanings.get(values);
  if (known) return known;
  const made = new SaidValues<Meaning>();
  for (const [value, outcome] of Object.entries(values.grades)) made.add(value, { outcome });
  for (const side of sides) {
    const meaning = { outcome: plainOutcomes[side], ...(side === "bothBad" ? { bothBad: true } : {}) };
    for (const value of values[side]) made.add(value, meaning);
  }
  meanings.set(values, made);
  return made;
}

function meaningOf(raw: unknown, mapping: ColumnMapping, line: number, field: string): Meaning {
  const values = mapping.values ?? plainValues;
  const meaning = meaningsOf(values).of(raw);
  if (meaning) return meaning;
  const known = sides
    .filter((name) => values[name].length > 0)
    .map((name) => `${name}: ${values[name].join(", ")}`)
    .concat(Object.entries(values.grades).map(([value, step]) => `${value} = ${step}`));
  throw mappingProblem("values", line, "mappingUnknownValue", { field, said: quoted(raw), known: known.join("; ") });
}
