import { type ColumnMapping, type DomainError, type Message, Split } from "@touchstone/contracts";
import { completionsOf, type ImportRating, type ImportRow, rowOf, unnamedAnnotator } from "../import-row.ts";
import { asNumber, longestText, optionalName, quoted, textOf, valueAt } from "../read/fields.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { jsonText, plainJson } from "../read/json-text.ts";
import { isExactNumber } from "../read/json-value.ts";
import { lineProblem, mappingProblem } from "../read/line-problem.ts";
import { answersAt } from "./answers.ts";
import { splitAnswers, turnsOf } from "./conversation.ts";
import { judgedIn } from "./judged-columns.ts";
import { messagesOf } from "./messages.ts";
import { sensitiveOf } from "./origin.ts";
import { turnsAt } from "./turn-columns.ts";
import { commentOf, votesOf } from "./votes.ts";

/** Rows of any file, their columns named by a mapping that `checkMapping` has let through. */
export function readColumns({ line, value }: JsonRow, mapping: ColumnMapping): ImportRow {
  const name = (path: string | undefined) =>
    path === undefined ? null : optionalName(valueAt(value, path), line, path);
  const answers = answersAt({ line, value }, mapping);
  const { prompt, texts } = splitAnswers(line, askedIn({ line, value }, mapping), answers);
  const isPair = mapping.a !== undefined || mapping.aId !== undefined || mapping.answers !== undefined;
  const { kept, repeated } = withoutRepeats(
    answers.map(({ value: _, ...answer }, index) => ({ ...answer, text: texts[index] ?? null })),
    mapping.answers !== undefined,
  );
  for (const { id, text, path } of kept) {
    if (id === null && text === null) throw lineProblem(line, path, "neitherTextNorId");
  }
  const votes = isPair && kept.length === 2 ? votesOf({ line, value }, mapping) : [];
  const completions = completionsOf(kept);
  const ranks = kept.map(({ rank, path }) => rank ?? { value: null, path });
  const judged = judgedIn({ line, value }, mapping, completions, ranks);
  return {
    ...rowOf(line, withSystem({ line, value }, mapping.system, prompt)),
    itemId: name(mapping.id),
    cluster: name(mapping.cluster),
    split: mapping.split === undefined ? null : splitAt({ line, value }, mapping.split),
    language: name(mapping.language),
    sourceText:
      mapping.sourceText === undefined
        ? null
        : optionalText(valueAt(value, mapping.sourceText), line, mapping.sourceText),
    completions,
    votes: [...votes, ...judged.votes],
    ratings: ratingsOf(
      { line, value },
      mapping,
      kept.map(({ score }) => score),
    ),
    ...(judged.judgements.length > 0 ? { judgements: judged.judgements } : {}),
    ...(isPair && kept.length > 2 && saysVotes({ line, value }, mapping) ? { votesOfSeveral: true } : {}),
    ...metadataIn({ line, value }, mapping.metadata),
    ...(mapping.sensitive === undefined ? {} : sensitiveOf(valueAt(value, mapping.sensitive), line, mapping.sensitive)),
    gold: mapping.gold === undefined ? null : optionalText(valueAt(value, mapping.gold), line, mapping.gold),
    repeatedAnswers: repeated,
  };
}

/** What is asked, with the turns before it. Null where the answers have to hold it. */
function askedIn(row: JsonRow, mapping: ColumnMapping): Message[] | null {
  const prompt = promptAt(row, mapping.prompt);
  if (mapping.turns === undefined) return prompt;
  const turns = turnsAt(row, mapping);
  if (prompt === null && turns.length === 0) throw lineProblem(row.line, mapping.turns.join(" + "), "empty");
  return [...turns, ...(prompt ?? [])];
}

/** Whether the row has a vote between two, whatever it says. */
function saysVotes({ value }: JsonRow, { votes, winner }: ColumnMapping): boolean {
  if (winner !== undefined) return true;
  if (votes === undefined) return false;
  const said = "list" in votes ? [valueAt(value, votes.list)] : votes.columns.map((path) => valueAt(value, path));
  return said.some(
    (one) => one !== undefined && one !== null && one !== "" && !(Array.isArray(one) && one.length === 0),
  );
}

/** In UTF-16 units of JSON: a row keeps beside it what somebody looks up, and no second text. */
const longestMetadata = 20_000;

function metadataIn({ line, value }: JsonRow, paths: ColumnMapping["metadata"]): Pick<ImportRow, "metadata"> {
  const found = (paths ?? []).flatMap((path) => {
    const said = valueAt(value, path);
    if (said === undefined || said === null || said === "") return [];
    // A number that no program holds exactly stays as it is written.
    return [[path, isExactNumber(said) ? String(said) : plainJson(said)] as const];
  });
  if (found.length === 0) return {};
  for (const [path, said] of found) assertStorable(said, line, path);
  const metadata = Object.fromEntries(found);
  const { length } = JSON.stringify(metadata);
  if (length <= longestMetadata) return { metadata };
  throw lineProblem(line, found[0]?.[0] ?? null, "metadataTooLong", { count: length, limit: longestMetadata });
}

/** @throws DomainError invalid_line at a text within that the database does not take. */
function assertStorable(said: unknown, line: number, path: string): void {
  if (typeof said === "string") textOf(said, line, path);
  else if (typeof said === "object" && said !== null) {
    for (const [name, within] of Object.entries(said)) {
      textOf(name, line, path);
      assertStorable(within, line, path);
    }
  }
}

/** Equal answers of a list tell nothing: nobody is asked to compare them. Sides that votes may be about stay two. */
function withoutRepeats<Answer extends { id: string | null; text: string | null; model: string | null }>(
  answers: readonly Answer[],
  isList: boolean,
): { kept: readonly Answer[]; repeated: number } {
  if (!isList || answers.length <= 2) return { kept: answers, repeated: 0 };
  const seen = new Set<string>();
  const kept = answers.filter(({ id, text, model }) => {
    const key = JSON.stringify([id, text, model]);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
  return { kept, repeated: answers.length - kept.length };
}

/** Null where the mapping names no prompt: the answers then have to hold it. */
function promptAt({ line, value }: JsonRow, paths: ColumnMapping["prompt"]): Message[] | null {
  if (paths === undefined) return null;
  const list = typeof paths === "string" ? [paths] : paths;
  const values = list.map((path) => ({ path, found: valueAt(value, path) }));
  for (const { path, found } of values) {
    if (found === undefined) throw noColumn("prompt", line, path, value);
  }
  const [only] = values;
  if (values.length === 1 && only && Array.isArray(only.found)) {
    return messagesOf(turnsOf(only.found) ?? only.found, line, only.path);
  }
  const texts = values
    .map(({ path, found }) => optionalText(found, line, path) ?? "")
    .filter((text) => text.trim() !== "");
  if (texts.length === 0) throw lineProblem(line, list.join(" + "), "empty");
  return [{ role: "user", content: textOf(texts.join("\n\n"), line, list.join(" + ")) }];
}

function withSystem(
  { line, value }: JsonRow,
  path: string | undefined,
  prompt: readonly Message[],
): readonly Message[] {
  const content = path === undefined ? null : optionalText(valueAt(value, path), line, path);
  if (content === null || content.trim() === "" || path === undefined) return prompt;
  if (prompt[0]?.role === "system") throw lineProblem(line, path, "systemTwice");
  return [{ role: "system", content }, ...prompt];
}

/** Every row says it, so that no row of a published test set slips into training unseen. */
function splitAt({ line, value }: JsonRow, path: string): Split {
  const found = valueAt(value, path);
  if (found === undefined) throw noColumn("split", line, path, value);
  const split = Split.safeParse(found);
  if (split.success) return split.data;
  const given = jsonText(found).slice(0, 40);
  throw lineProblem(line, path, "unknownSplitSaid", { splits: Split.options.join(", "), said: given });
}

/** The n-th score is of the n-th completion; blank ones are none. */
function ratingsOf({ line, value }: JsonRow, mapping: ColumnMapping, scores: readonly unknown[]): ImportRating[] {
  const annotator =
    mapping.annotator === undefined || mapping.votes !== undefined
      ? unnamedAnnotator
      : (optionalName(valueAt(value, mapping.annotator), line, mapping.annotator) ?? unnamedAnnotator);
  return scores.flatMap((raw, completion) => {
    if (raw === undefined || raw === null || raw === "") return [];
    const comment = mapping.score === undefined ? {} : commentOf({ line, value }, mapping.comment);
    const path = mapping.score ?? mapping.scores?.[completion] ?? "score";
    return [{ annotator, completion, score: scoreOf(raw, line, path), ...comment }];
  });
}

/** The cells of CSV are text, so that "4" is 4; "four" and 4.5 are no score. */
function scoreOf(raw: unknown, line: number, path: string): number {
  const score = asNumber(raw);
  if (score !== undefined && Number.isInteger(score) && score >= 1 && score <= 5) return score;
  throw lineProblem(line, path, "scoreOfOtherScale", { said: quoted(raw) });
}

function optionalText(value: unknown, line: number, path: string): string | null {
  return value === undefined || value === null ? null : textOf(value, line, path, longestText);
}

function noColumn(field: string, line: number, column: string, row: JsonRow["value"]): DomainError {
  const columns = Object.keys(row).slice(0, 30).join(", ");
  if (columns === "") return mappingProblem(field, line, "mappingNoColumnAtAll", { column });
  return mappingProblem(field, line, "mappingNoColumn", { column, columns });
}
