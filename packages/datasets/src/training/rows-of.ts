import { hasToolTurns, isTrajectory, type Message, Split } from "@touchstone/contracts";
import { readHh } from "../formats/hh.ts";
import type { MarginScale } from "../formats/margin-scale.ts";
import { messagesOf, promptOf } from "../formats/messages.ts";
import { readTrlPreference } from "../formats/trl-preference.ts";
import type { ImportRow } from "../import-row.ts";
import { unnamedAnnotator } from "../import-row.ts";
import { answersOfRow } from "../preparation/row-texts.ts";
import { asNumber, booleanOf, longestText, nameOf, numberOf, optionalName, quoted, textOf } from "../read/fields.ts";
import { isObject, type JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { contentId, type TrainingRow } from "./training-row.ts";
import { ultraFeedbackRows } from "./ultrafeedback.ts";

/** Texts to pretrain on may be whole books. */
const longestDocument = 100 * longestText;

/**
 * A row of a training file, by the columns that it has.
 *
 * @param margins the one rule for the margins of the whole file
 * @throws DomainError `invalid_line`
 */
export function rowsOf(given: JsonRow, fallback: Split, margins: MarginScale): TrainingRow[] {
  const rows = rowsRead(given, fallback, margins);
  // What a trainer makes of calls and results is not defined: never turned into other words unseen.
  const isOfTools = rows.some(
    (row) => ("prompt" in row && hasToolTurns(row.prompt)) || answersOfRow(row).some(isTrajectory),
  );
  if (isOfTools) throw lineProblem(given.line, null, "toolTurnsUnread");
  return rows;
}

function rowsRead(given: JsonRow, fallback: Split, margins: MarginScale): TrainingRow[] {
  const row = withoutNulls(given);
  const { line, value } = row;
  const files = Object.keys(value).find((name) => name === "media" || name.endsWith("_media"));
  if (files !== undefined && isOfFiles(value[files])) throw lineProblem(line, files, "mediaUnread");
  const split = splitOf(row, fallback);
  if (value.chosen !== undefined || value.rejected !== undefined) return comparisonOf(row, split, margins);
  if (value.instruction !== undefined && Array.isArray(value.completions)) return ultraFeedbackRows(row, split);
  if (value.ranking !== undefined) return [rankingOf(row, split)];
  if (value.completion !== undefined) return [answerOf(row, split)];
  if (value.messages !== undefined) return [conversationOf(row, split)];
  if (value.text !== undefined) return [textRowOf(row, split)];
  if (value.prompt !== undefined)
    return [{ kind: "prompt", split, ...asked(row, promptOf(value.prompt, line, "prompt", true)) }];
  const columns = Object.keys(value).slice(0, 30).join(", ");
  if (columns === "") throw lineProblem(line, null, "unknownFormatNoColumns");
  throw lineProblem(line, null, "unknownFormat", { columns });
}

/**
 * Files whose rows differ have null where a row lacks a column, as a table has an empty cell. One that stands alone for
 * what the row would be about (a prompt's missing completion) stays, and is refused.
 */
export function withoutNulls({ line, value }: JsonRow): JsonRow {
  const columns = Object.entries(value);
  if (columns.every(([, cell]) => cell !== null)) return { line, value };
  const given = Object.fromEntries(columns.filter(([, cell]) => cell !== null));
  const isAbout = ["chosen", "rejected", "ranking", "completion", "messages", "text"];
  return isAbout.some((name) => given[name] !== undefined) ? { line, value: given } : { line, value };
}

/** As our exports write pictures and sounds; a column of another make may have the same name. */
function isOfFiles(value: unknown): boolean {
  return Array.isArray(value) && value.some((entry) => isObject(entry) && typeof entry.sha256 === "string");
}

function splitOf({ line, value }: JsonRow, fallback: Split): Split {
  if (value.split === undefined || value.split === null) return fallback;
  const split = Split.safeParse(value.split);
  if (split.success) return split.data;
  throw lineProblem(line, "split", "unknownSplitSaid", { splits: Split.options.join(", "), said: quoted(value.split) });
}

/** A split is only put down where the row names one: of all others the file's own use says it. */
function textRowOf({ line, value }: JsonRow, split: Split): TrainingRow {
  const text = textOf(value.text, line, "text", longestDocument);
  return { kind: "text", text, ...(value.split === undefined || value.split === null ? {} : { split }) };
}

/** The prompt with its name: the file's own where it has one. */
function asked({ line, value }: JsonRow, prompt: Message[]) {
  return { prompt, promptId: optionalName(value.prompt_id, line, "prompt_id") ?? contentId(prompt) };
}

function annotatorOf({ line, value }: JsonRow): string {
  return optionalName(value.annotator_hash ?? value.annotator, line, "annotator") ?? unnamedAnnotator;
}

function judgementIdOf({ line, value }: JsonRow): string {
  return optionalName(value.label_id ?? value.id, line, "id") ?? `line ${line}`;
}

function comparisonOf(row: JsonRow, split: Split, margins: MarginScale): TrainingRow[] {
  const { value } = row;
  const isTranscript = (text: unknown) => typeof text === "string" && /^\s*Human:/.test(text);
  const isHh = value.prompt === undefined && isTranscript(value.chosen);
  const { prompt, completions, votes }: ImportRow = isHh ? readHh(row) : readTrlPreference(row, margins, true);
  const [a, b] = completions.map(({ text }) => ({ completionId: contentId([prompt, text]), text: text ?? "" }));
  const [vote] = votes;
  if (!a || !b || !vote) return [];
  return [
    {
      kind: "comparison",
      split,
      ...asked(row, [...prompt]),
      judgementId: judgementIdOf(row),
      annotator: annotatorOf(row),
      a,
      b,
      outcome: flagOf(row, "tie") ? 0 : vote.outcome,
      bothBad: flagOf(row, "both_bad"),
      first: "a",
      weight: weightOf(row),
      ...leadOf(row),
    },
  ];
}

/** A prompt with several answers and the rank of each: 1 is the best, and equal ranks are a tie. */
function rankingOf(row: JsonRow, split: Split): TrainingRow {
  const { line, value } = row;
  if (value.prompt === undefined) throw lineProblem(line, "prompt", "completionsWithoutPrompt");
  const origin = { split, ...asked(row, promptOf(value.prompt, line, "prompt", true)) };
  const completions = Array.isArray(value.completions) ? value.completions : [];
  if (completions.length < 2) throw lineProblem(line, "completions", "twoCompletionsAtLeast");
  const ranks = Array.isArray(value.ranking) ? value.ranking.map((rank: unknown) => asNumber(rank) ?? 0) : [];
  if (ranks.length !== completions.length || !ranks.every((rank) => Number.isInteger(rank) && rank >= 1)) {
    throw lineProblem(line, "ranking", "ranking");
  }
  const answers = completions.map((completion: unknown, index) => {
    const text = textOf(completion, line, `completions.${index}`);
    return { rank: ranks[index] ?? 0, answer: { completionId: contentId([origin.prompt, text]), text } };
  });
  const order = [...new Set(answers.map(({ rank }) => rank))].sort((x, y) => x - y);
  return {
    kind: "ranking",
    ...origin,
    judgementId: judgementIdOf(row),
    annotator: annotatorOf(row),
    groups: order.map((wanted) => answers.flatMap(({ rank, answer }) => (rank === wanted ? [answer] : []))),
    weight: weightOf(row),
  };
}

/** A prompt with one answer: with a score, a label or a reward it was judged; alone it is to be imitated. */
function answerOf(row: JsonRow, split: Split): TrainingRow {
  const { line, value } = row;
  if (value.prompt === undefined) throw lineProblem(line, "prompt", "completionWithoutPrompt");
  const origin = { split, ...asked(row, promptOf(value.prompt, line, "prompt", true)) };
  const text = completionText(row);
  if (value.label !== undefined) {
    const wanted = booleanOf(value.label, line, "label", "notBooleanWanted");
    return { kind: "judged", ...origin, text, wanted };
  }
  if (value.reward !== undefined) {
    return { kind: "rewarded", ...origin, text, reward: numberOf(value.reward, line, "reward") };
  }
  if (value.score === undefined) return { kind: "demonstration", ...origin, text };
  const score = asNumber(value.score);
  if (score === undefined || !(score >= 1 && score <= 5)) {
    throw lineProblem(line, "score", "scoreOrReward");
  }
  return {
    kind: "rating",
    ...origin,
    judgementId: judgementIdOf(row),
    annotator: annotatorOf(row),
    completion: { completionId: contentId([origin.prompt, text]), text },
    score,
    ...(value.aspect === undefined ? {} : { aspect: nameOf(value.aspect, line, "aspect") }),
    weight: weightOf(row),
  };
}

/** A column that marks a row, where it stands. */
function flagOf({ line, value }: JsonRow, field: string): boolean {
  return booleanOf(value[field] ?? false, line, field, "notBooleanOptional");
}

/** The lead that TRL's reward trainer gives the better answer; its sign and kind were checked with the pair. */
function leadOf({ line, value }: JsonRow): { margin?: number } {
  const margin = asNumber(value.margin);
  if (margin === undefined) return {};
  if (margin <= largestInSteps) return { margin };
  throw lineProblem(line, "margin", "marginTooLarge", { limit: largestInSteps.toLocaleString("en") });
}

/** What single-precision sums of a step can hold beside a 1: more would drown every other row, or be no number at all. */
const largestInSteps = 1e6;

/** What a judgement counts beside others: 1 where the file says nothing. */
function weightOf({ line, value }: JsonRow): number {
  const weight = asNumber(value.weight ?? 1);
  if (weight !== undefined && weight >= 1 / largestInSteps && weight <= largestInSteps) return weight;
  throw lineProblem(line, "weight", "weightOutOfRange");
}

/** TRL writes a completion as text or as messages of the assistant. */
function completionText({ line, value }: JsonRow): string {
  if (!Array.isArray(value.completion)) return textOf(value.completion, line, "completion");
  const [only, ...more] = messagesOf(value.completion, line, "completion", true);
  if (only?.role !== "assistant" || more.length > 0) {
    throw lineProblem(line, "completion", "completionForm");
  }
  if (hasToolTurns([only])) throw lineProblem(line, "completion", "toolTurnsUnread");
  return only.content;
}

/** A conversation that ends with an answer is to be imitated; one that ends with a question waits for one. */
function conversationOf(row: JsonRow, split: Split): TrainingRow {
  const messages = messagesOf(row.value.messages, row.line, "messages", true);
  const last = messages.at(-1);
  if (last?.role !== "assistant") return { kind: "prompt", split, ...asked(row, messages) };
  if (hasToolTurns([last])) throw lineProblem(row.line, "messages", "toolTurnsUnread");
  const prompt = messages.slice(0, -1);
  if (prompt.length === 0) throw lineProblem(row.line, "messages", "messagesBeginWithAnswer");
  return { kind: "demonstration", split, ...asked(row, prompt), text: last.content };
}
