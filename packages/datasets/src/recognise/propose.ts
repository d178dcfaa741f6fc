import { ColumnMapping, ReceiptReason, Split } from "@touchstone/contracts";
import type { ImportSource } from "../formats/import-source.ts";
import { FileLook } from "../shapes/shape.ts";
import { shapes } from "../shapes/shapes.ts";
import { type Columns, type FoundAnswers, findAnswers, named } from "./find-answers.ts";
import { findScore, findVotes } from "./find-votes.ts";
import { knownColumns } from "./known-columns.ts";
import { usualNames } from "./names.ts";
import { type ColumnProfile, isAll } from "./profile.ts";
import { columnsOfFormat, covers } from "./roles.ts";

export interface Proposal {
  readonly source: ImportSource;
  readonly reason: ReceiptReason;
  /** Whether which sign of a grade is for which side was assumed. */
  readonly assumedGrades: boolean;
  /** Whether the scale of a given mapping's aspects was. */
  readonly assumedScale?: boolean;
}

/**
 * What a file is taken for after all its rows, by the names of its columns and by what they hold. A known format is
 * proposed only where it takes every column; otherwise each column is named, so that none is lost unseen.
 */
export function propose(columns: Columns): Proposal {
  return knownFormat(columns) ?? byShape(columns) ?? byColumns(columns);
}

function knownFormat(columns: Columns): Proposal | null {
  const filled = columns.filter(({ rows }) => rows > 0);
  const at = (path: string) => filled.find((column) => column.path === path);
  const fits = (format: Exclude<ImportSource["format"], "columns">) =>
    filled.every(({ path }) => [...columnsOfFormat(format)].some((name) => covers(name, path)));
  const version = at("schema_version");
  const isAtif = version !== undefined && [...version.values.keys()].every((said) => said.startsWith("ATIF-"));
  if (isAtif && version.values.size > 0 && at("steps")) return known("atif", "trajectories");
  if ((at("label_id") || at("skip_id")) && at("shown_order") && fits("judgements"))
    return known("judgements", "ownExport");
  if (at("label_id") && at("score") && fits("ratings")) return known("ratings", "ownExport");
  if (at("messages") && at("completion_id") && fits("sft-messages")) return known("sft-messages", "ownExport");
  const [chosen, rejected, prompt, messages, completions] = [
    "chosen",
    "rejected",
    "prompt",
    "messages",
    "completions",
  ].map(at);
  if (chosen && rejected && !isAll(chosen, "texts")) {
    const transcripts = chosen.transcripts > 0 && chosen.transcripts === chosen.rows;
    if (!prompt && transcripts && fits("hh")) return known("hh", "transcripts");
    const conversations = isAll(chosen, "turns") && isAll(rejected, "turns");
    if ((prompt || conversations) && fits("trl-preference")) {
      return known("trl-preference", conversations ? "conversations" : "chosenRejected");
    }
    return null;
  }
  if (!prompt === !messages || !fits("prompts")) return null;
  if (completions && !isAll(completions, "texts")) return null;
  if (messages && messages.endWithAnswer > 0) return null;
  return known("prompts", completions ? "answerList" : "promptsOnly");
}

function known(format: Exclude<ImportSource["format"], "columns">, reason: ReceiptReason): Proposal {
  return { source: { format }, reason, assumedGrades: false };
}

/** A shape of the field, known by its columns and by what they hold; of what it does not take each column is named. */
function byShape(columns: Columns): Proposal | null {
  const look = new FileLook(columns);
  const shape = shapes.find((one) => one.matches(look));
  if (shape === undefined || shape.format === "columns") return null;
  const reason = ReceiptReason.parse(shape.format);
  return { source: { format: shape.format }, reason, assumedGrades: false };
}

function byColumns(columns: Columns): Proposal {
  const answers = findAnswers(columns);
  const used = new Set(answers?.columns ?? []);
  const left = () => columns.filter((column) => !used.has(column) && column.rows > 0);
  const pair = answers?.shape === "twoAnswers" ? answers : null;
  const votes = pair ? findVotes(left(), pair) : null;
  for (const column of votes?.columns ?? []) used.add(column);
  const score = answers ? findScore(left(), answers) : undefined;
  if (score) used.add(score);
  // Whose words they are is known only where one vote or score stands beside them.
  const reason = score || answers?.mapping.winner ? named(left(), usualNames.comment, isWords) : undefined;
  if (reason) used.add(reason);
  const prompt = findPrompt(left(), answers);
  const system = named(left(), usualNames.system, (column) => isAll(column, "text"));
  const mapping: ColumnMapping = {
    ...described(left().filter((column) => !prompt?.includes(column.path) && column !== system)),
    ...(prompt ? { prompt: prompt.length === 1 ? prompt[0] : [...prompt] } : {}),
    ...(system ? { system: system.path } : {}),
    ...answers?.mapping,
    ...votes?.mapping,
    ...(score ? { score: score.path } : {}),
    ...(reason ? { comment: reason.path } : {}),
  };
  const known = knownColumns(withoutStrays(mapping, columns), new FileLook(columns));
  return {
    // Parsed, so that the same reading is written the same way whoever made it.
    source: { format: "columns", mapping: ColumnMapping.parse(known?.mapping ?? withoutStrays(mapping, columns)) },
    reason: known?.reason ?? answers?.shape ?? (prompt ? "promptsOnly" : "unknown"),
    assumedGrades: known === null && (votes?.assumed ?? false),
  };
}

/** The prompt, with the input below its instruction; none where the answers are conversations that hold it. */
function findPrompt(columns: Columns, answers: FoundAnswers | null): string[] | null {
  const isPrompt = (column: ColumnProfile) => isAll(column, "text", "number", "turns");
  const prompt = named(columns, usualNames.prompt, isPrompt);
  const holdIt = answers?.columns.some((column) => isAll(column, "turns") && column.rows > 0) ?? false;
  if (!prompt) return null;
  if (holdIt && isAll(prompt, "turns") === false && answers?.shape === "oneAnswer") return [prompt.path];
  const input =
    prompt.plain === "instruction" || prompt.plain === "指令"
      ? named(columns, usualNames.promptInput, (column) => column !== prompt && isAll(column, "text"))
      : undefined;
  return input ? [prompt.path, input.path] : [prompt.path];
}

const isWords = (column: ColumnProfile) => isAll(column, "text");

/** What says something about the row as a whole. */
function described(columns: Columns): ColumnMapping {
  const isName = (column: ColumnProfile) => isAll(column, "text", "number");
  const fields = ["id", "cluster", "language", "gold", "annotator", "model"] as const;
  const found = fields.flatMap((field) => {
    const column = named(columns, usualNames[field], isName);
    return column ? [[field, column.path] as const] : [];
  });
  const source = named(columns, usualNames.source, (column) => isAll(column, "text"));
  const sensitive = named(columns, usualNames.sensitive, isMark);
  const split = named(columns, usualNames.split, isSplit);
  return {
    ...Object.fromEntries(found),
    ...(source ? { sourceText: source.path } : {}),
    ...(sensitive ? { sensitive: sensitive.path } : {}),
    ...(split ? { split: split.path } : {}),
  };
}

/** Taken only where every row says one of our three words: a “set” may be anything. */
function isSplit(column: ColumnProfile): boolean {
  const values = [...column.values.keys()];
  return values.length > 0 && values.every((value) => Split.safeParse(value).success);
}

/** Taken only where every row that says anything says true or false. */
function isMark(column: ColumnProfile): boolean {
  const values = [...column.values.keys()];
  return values.length > 0 && values.every((value) => /^(true|false)$/i.test(value.trim()));
}

/** An annotator without votes or scores, or a model without its one answer, would be named and come to nothing. */
function withoutStrays(mapping: ColumnMapping, columns: Columns): ColumnMapping {
  const { annotator, model, split, ...rest } = mapping;
  const says = mapping.votes !== undefined || mapping.score !== undefined || mapping.winner !== undefined;
  const rows = Math.max(0, ...columns.map((column) => column.rows));
  const splitRows = columns.find(({ path }) => path === split)?.rows ?? 0;
  return {
    ...rest,
    ...(annotator !== undefined && says ? { annotator } : {}),
    ...(model !== undefined && mapping.completion !== undefined ? { model } : {}),
    // A row without its split would be refused.
    ...(split !== undefined && splitRows === rows ? { split } : {}),
  };
}
