import type {
  AlreadyThere,
  ColumnMapping,
  Found,
  ReceiptColumn,
  ReceiptFindings,
  ReceiptWarning,
  WarningCode,
} from "@touchstone/contracts";
import type { ImportSource } from "../formats/import-source.ts";
import { looksLikeVotes } from "./find-votes.ts";
import type { Occurrences } from "./occurrences.ts";
import { type ColumnProfile, type FileProfile, isAll } from "./profile.ts";
import { covers, namedColumns, namedEntries } from "./roles.ts";
import type { Tally } from "./tally.ts";

const warn = (
  code: WarningCode,
  weight: ReceiptWarning["weight"],
  values: ReceiptWarning["values"] = {},
  lines: readonly number[] = [],
): ReceiptWarning => ({ code, weight, values, lines: [...lines] });

/** What becomes of each column, those that nothing is taken from among them. */
export function columnsOf(profile: FileProfile, source: ImportSource): ReceiptColumn[] {
  const named = namedColumns(source);
  const entries = namedEntries(source);
  return [...profile.columns.values()].flatMap((column): ReceiptColumn[] => {
    const role = named.find(({ path }) => covers(path, column.path))?.role ?? "unused";
    const list = isAll(column, "texts", "objects");
    const own = { path: column.path, role, list, rows: column.rows, example: column.example };
    const inside = entries.filter(({ list }) => list === column.path);
    if (inside.length === 0) return [own];
    // What a list's entries hold besides their text or their vote would be lost as silently as a column.
    const unread = [...column.entries.values()].filter((entry) => !inside.some(({ path }) => covers(path, entry.path)));
    return [own, ...unread.map((entry) => unreadEntry(column, entry))];
  });
}

function unreadEntry(list: ColumnProfile, entry: ColumnProfile): ReceiptColumn {
  return {
    path: `${list.path}.*.${entry.path}`,
    role: "unused",
    list: false,
    rows: entry.rows,
    example: entry.example,
  };
}

/** Columns that nothing is taken from; those that look like votes say so, with their values. */
export function unusedColumns(
  profile: FileProfile,
  columns: readonly ReceiptColumn[],
  ignored: readonly string[],
): ReceiptWarning[] {
  const unused = columns.filter(
    ({ path, role, rows }) => role === "unused" && rows > 0 && !ignored.some((name) => covers(name, path)),
  );
  const more = profile.overflow > 0 ? [warn("unusedColumn", "confirm", { column: "…", rows: profile.overflow })] : [];
  return [
    ...unused.map(({ path, rows }) => {
      const column = profile.columns.get(path);
      if (!column || !looksLikeVotes(column)) return warn("unusedColumn", "confirm", { column: path, rows });
      const values = [...column.values.keys()].slice(0, 8).join(", ");
      return warn("voteValues", "confirm", { column: path, rows, values: values || column.example });
    }),
    ...more,
  ];
}

/** What the rows themselves gave cause for. */
export function contentWarnings(tally: Tally, source: ImportSource, overlap: number): ReceiptWarning[] {
  const counts = tally.counts(overlap);
  const about = (code: WarningCode, weight: ReceiptWarning["weight"], { count, lines }: Occurrences) =>
    count > 0 ? [warn(code, weight, { count }, lines)] : [];
  const count = (code: WarningCode, number: number) => (number > 0 ? [warn(code, "note", { count: number })] : []);
  const mapping = source.format === "columns" ? source.mapping : undefined;
  const noVotes = mapping && saysVotes(mapping) && counts.votes + counts.ratings === 0 && counts.rows > 0;
  return [
    ...(noVotes ? [warn("noVotes", "confirm")] : []),
    ...(counts.rows > 0 && counts.tasks === 0
      ? [counts.answers > 0 ? warn("noTasks", "confirm", { count: counts.answers }) : warn("promptsOnly", "note")]
      : []),
    ...about("promptEndsWithAnswer", "confirm", tally.promptEndsWithAnswer),
    ...about("contradictingVotes", "confirm", tally.contradicting),
    ...about("tooFewAnswers", "confirm", tally.tooFewAnswers),
    ...about("filesNotThere", "confirm", tally.filesNotThere),
    ...about("promptAlone", "note", tally.promptAlone),
    ...about("identicalAnswers", "note", tally.identical),
    ...[...tally.firstCounts.found].map(([field, { count, lines }]) =>
      warn("firstCounts", "confirm", { field, count }, lines),
    ),
    ...about("repeatedVotes", "note", tally.repeated),
    // With no row left there is nothing to import.
    ...about("skipRows", counts.rows === 0 ? "stop" : "confirm", tally.skips),
    ...[...tally.brought].map(([name, number]) => warn("bringsQuestionnaire", "note", { name, count: number })),
    ...about("leftOutRows", "confirm", tally.leftOut),
    ...count("differingPrefixes", tally.differingPrefixes),
    ...count("repeatedAnswers", tally.repeatedAnswers),
    ...count("withoutText", tally.withoutText),
  ];
}

/** Fewer votes say little of what people prefer. */
const fewestVotes = 50;
/** A share of votes for the longer answer from which it is told of: people prefer it in 55 to 60 % of most published sets. */
const mostLonger = 0.65;
const mostNames = 5;

/** What was found in the rows and should be known before people see them. None of it stands against the import. */
export function findingWarnings(findings: ReceiptFindings): ReceiptWarning[] {
  const { lengths, named, personal, emptyAnswers } = findings;
  const { longer, shorter } = lengths.preferred;
  const share = longer / (longer + shorter);
  const about = (code: WarningCode, { count, lines }: Found, values: ReceiptWarning["values"] = {}) =>
    count > 0 ? [warn(code, "note", { count, ...values }, lines)] : [];
  return [
    ...(longer + shorter >= fewestVotes && share >= mostLonger
      ? [warn("longerPreferred", "note", { percent: Math.round(100 * share), count: longer + shorter })]
      : []),
    ...about("namedModels", named.answers, { names: namesOf(named.names) }),
    ...about("personalData", personal.rows, { kinds: personal.kinds.map(({ kind }) => kind).join(", ") }),
    ...about("emptyAnswers", emptyAnswers),
  ];
}

/** What the project has already of a file. */
export function thereWarnings({ rows, of }: AlreadyThere): ReceiptWarning[] {
  if (rows === 0) return [];
  return [
    rows === of
      ? warn("allThere", "note", { count: rows })
      : warn("someThere", "note", { count: rows, of, fresh: of - rows }),
  ];
}

function namesOf(named: ReceiptFindings["named"]["names"]): string {
  const more = named.length > mostNames ? ["…"] : [];
  return [...named.slice(0, mostNames).map(({ name }) => name), ...more].join(", ");
}

function saysVotes({ votes, winner, score }: ColumnMapping): boolean {
  return votes !== undefined || winner !== undefined || score !== undefined;
}

/** TRL's rows of text without a prompt: what both answers begin with is taken for it. */
export function promptFromAnswers(profile: FileProfile, source: ImportSource): ReceiptWarning[] {
  const chosen = profile.columns.get("chosen");
  const rows = profile.rows - (profile.columns.get("prompt")?.rows ?? 0);
  if (source.format !== "trl-preference" || !chosen?.kinds.has("text") || rows <= 0) return [];
  return [warn("promptFromAnswers", "confirm", { count: rows })];
}

/** Whether a mapping without a prompt can find one: in answers that are whole conversations. */
export function lacksPrompt(profile: FileProfile, source: ImportSource): boolean {
  if (source.format !== "columns" || source.mapping.prompt !== undefined) return false;
  const answers = namedColumns(source).filter(({ role }) => role === "answer" || role === "better" || role === "worse");
  const profiles = answers.map(({ path }) => profile.columns.get(path));
  return !profiles.some((column) => column !== undefined && isAll(column, "turns"));
}

export { warn };
