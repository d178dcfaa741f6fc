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
import { saysRanks } from "../formats/judged-columns.ts";
import { looksLikeVotes } from "./find-votes.ts";
import type { Occurrences } from "./occurrences.ts";
import { type ColumnProfile, type FileProfile, isAll } from "./profile.ts";
import { covers, namedColumns, namedEntries } from "./roles.ts";
import type { Tally } from "./tally.ts";

export const warn = (
  code: WarningCode,
  weight: ReceiptWarning["weight"],
  values: ReceiptWarning["values"] = {},
  lines: readonly number[] = [],
): ReceiptWarning => ({ code, weight, values, lines: [...lines] });

/** Different words of a vote column that a person is asked the meaning of; more are hardly votes. Of too many none is kept. */
const mostWords = 12;

/** What becomes of each column, those that nothing is taken from among them. */
export function columnsOf(profile: FileProfile, source: ImportSource): ReceiptColumn[] {
  const named = namedColumns(source);
  const entries = namedEntries(source);
  return [...profile.columns.values()].flatMap((column): ReceiptColumn[] => {
    // What is taken from the entries of a list is not the list.
    const takes = ({ path }: { path: string }) => !path.startsWith(`${column.path}.*.`) && covers(path, column.path);
    const role = named.find(takes)?.role ?? "unused";
    const list = isAll(column, "texts", "objects");
    const isVoted =
      role === "vote" && source.format === "columns" && column.values.size > 0 && column.values.size <= mostWords;
    const values = isVoted ? { values: [...column.values.keys()] } : {};
    const own = { path: column.path, role, list, rows: column.rows, example: column.example, ...values };
    // What a list's entries hold besides their text or their vote would be lost as silently as a column.
    const inside = entries.filter(({ list }) => list === column.path);
    const turns = isOfTurns(column);
    if (inside.length === 0 && !turns && !isAll(column, "objects")) return [own];
    // A list that is read whole is read with all that its entries hold; of turns only what no reader takes is among them.
    const whole = inside.length === 0 && role !== "unused" && !turns;
    return [own, ...[...column.entries.values()].map((entry) => entryOf(column, entry, { inside, named, whole }))];
  });
}

/** Whether its entries are what turns hold beside who says what. */
const isOfTurns = ({ kinds }: ColumnProfile): boolean => kinds.has("turns") && !kinds.has("objects");

interface Taken {
  readonly inside: ReturnType<typeof namedEntries>;
  readonly named: ReturnType<typeof namedColumns>;
  readonly whole: boolean;
}

/** What lies in every entry of a list, which can be pointed to as a column can. */
function entryOf(list: ColumnProfile, entry: ColumnProfile, { inside, named, whole }: Taken): ReceiptColumn {
  const path = `${list.path}.*.${entry.path}`;
  const role =
    inside.find((one) => covers(one.path, entry.path))?.role ??
    named.find((one) => one.path === path)?.role ??
    (whole ? "kept" : "unused");
  return { path, role, list: false, rows: entry.rows, example: entry.example };
}

/** Columns that nothing is taken from; those that look like votes say so, with their values. */
export function unusedColumns(
  profile: FileProfile,
  columns: readonly ReceiptColumn[],
  ignored: readonly string[],
): ReceiptWarning[] {
  const unusedPaths = new Set(columns.filter(({ role }) => role === "unused").map(({ path }) => path));
  // Of a list that nothing is taken from, nor from its entries, the list itself is named, and not each thing in it.
  const isNamedByList = (path: string) => path.includes(".*.") && unusedPaths.has(path.slice(0, path.indexOf(".*.")));
  const isPartly = (path: string) => {
    const column = profile.columns.get(path);
    // What is taken of turns beside their words stands for none of the words.
    if (column && isOfTurns(column)) return false;
    return columns.some((one) => one.path.startsWith(`${path}.*.`) && one.role !== "unused");
  };
  const unused = columns.filter(
    ({ path, role, rows }) =>
      role === "unused" &&
      rows > 0 &&
      !ignored.some((name) => covers(name, path)) &&
      (isNamedByList(path) ? isPartly(path.slice(0, path.indexOf(".*."))) : !isPartly(path)),
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
  const said = counts.votes + counts.ratings + (counts.others ?? 0);
  const noVotes = mapping && saysVotes(mapping) && said === 0 && counts.rows > 0;
  return [
    ...(noVotes ? [warn("noVotes", "confirm")] : []),
    ...(counts.rows > 0 && counts.tasks === 0
      ? [counts.answers > 0 ? warn("noTasks", "confirm", { count: counts.answers }) : warn("promptsOnly", "note")]
      : []),
    ...about("promptEndsWithAnswer", "confirm", tally.promptEndsWithAnswer),
    ...about("contradictingVotes", "confirm", tally.contradicting),
    ...about("tooFewAnswers", "confirm", tally.tooFewAnswers),
    ...about("leftOverAnswers", "confirm", tally.leftOver),
    ...about("votesOfSeveral", "confirm", tally.votesOfSeveral),
    ...about("votedPair", "note", tally.votedBeside),
    ...about("filesNotThere", "confirm", tally.filesNotThere),
    ...about("promptAlone", "note", tally.promptAlone),
    ...about("identicalAnswers", "note", tally.identical),
    ...[...tally.firstCounts.found].map(([field, { count, lines }]) =>
      warn("firstCounts", "confirm", { field, count }, lines),
    ),
    ...idWarnings(tally, source),
    ...about("idOfOtherAnswers", "note", tally.rowIds.otherAnswers),
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

/** Ids of rows that stand with more than one prompt, with the first of them and the column that it is from. */
function idWarnings({ rowIds }: Tally, source: ImportSource): ReceiptWarning[] {
  const { count, lines } = rowIds.otherPrompt;
  if (count === 0) return [];
  const column = namedColumns(source).find(({ role }) => role === "id")?.path ?? "id";
  return [warn("idOfOtherPrompt", "confirm", { count, column, value: rowIds.firstOfOtherPrompt }, lines)];
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

function saysVotes(mapping: ColumnMapping): boolean {
  const { votes, winner, score, scores, aspects, label } = mapping;
  return [votes, winner, score, scores, aspects, label].some((said) => said !== undefined) || saysRanks(mapping);
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
  if (source.format !== "columns" || (source.mapping.prompt ?? source.mapping.turns) !== undefined) return false;
  const answers = namedColumns(source).filter(({ role }) => role === "answer" || role === "better" || role === "worse");
  const profiles = answers.map(({ path }) => profile.columns.get(path));
  return !profiles.some((column) => column !== undefined && isAll(column, "turns"));
}
