import type { Message } from "@touchstone/contracts";
import { completionsOf, type ImportRow, rowOf, unnamedAnnotator } from "../import-row.ts";
import { optionalName, textOf } from "../read/fields.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { answerOfTurns } from "./answer-turns.ts";
import { type MarginScale, marginOf, statedStep, stepOfMargin } from "./margin-scale.ts";
import { messagesOf, promptOf, sameMessage } from "./messages.ts";
import { itemOf, originColumns, voteDetails } from "./origin.ts";
import { sharedTurns } from "./shared-turns.ts";

/** The columns that `readTrlPreference` reads; a receipt names all others. */
export const trlPreferenceColumns: readonly string[] = [
  ...["prompt", "chosen", "rejected", "margin", "margin_step", "original_margin"],
  ...["chosen_id", "rejected_id", "chosen_external_id", "rejected_external_id", "chosen_model", "rejected_model"],
  ...originColumns,
];

/** Columns that hold what was asked in files of other make. */
const questionColumns = ["question", "instruction", "input", "query", "system", "context", "messages", "conversations"];

/**
 * TRL's preference format: {prompt?, chosen, rejected, margin?}, each text or messages. Without a prompt it is the turns
 * that chosen and rejected have in common at their start, and never a beginning that two answers happen to share. The
 * row is one vote for chosen, of `annotator_hash` or `annotator` where the file has such a column.
 *
 * @param scale the one rule for the margins of the whole file (`openMarginScale`)
 * @param allowEmptyTurns whether a turn of the prompt may hold nothing, as trainers take it and annotators can't read it
 */
export function readTrlPreference({ line, value }: JsonRow, scale: MarginScale, allowEmptyTurns = false): ImportRow {
  const { chosen, rejected } = value;
  if (chosen === undefined || chosen === null) throw lineProblem(line, "chosen", "missing");
  if (rejected === undefined || rejected === null) throw lineProblem(line, "rejected", "missing");
  const { prompt, texts } = split({ line, value }, value.prompt ?? undefined, chosen, rejected, allowEmptyTurns);
  const annotator = optionalName(value.annotator_hash ?? value.annotator, line, "annotator") ?? unnamedAnnotator;
  const margin = marginOf(value.margin, line);
  const { origin, ...details } = voteDetails({ line, value });
  const sides = ["chosen", "rejected"].map((side, index) => ({
    id: optionalName(value[`${side}_external_id`], line, `${side}_external_id`),
    text: texts[index] ?? "",
    model: optionalName(value[`${side}_model`], line, `${side}_model`),
    exportedId: optionalName(value[`${side}_id`], line, `${side}_id`),
  }));
  // Our own margins are thirds and stand beside the file's own one; other files have only theirs.
  const original = origin.labelId === null ? margin : marginOf(value.original_margin, line);
  const step = statedStep(value.margin_step, line) ?? stepOfMargin(margin, scale);
  return {
    ...rowOf(line, prompt),
    ...itemOf({ line, value }),
    completions: completionsOf(sides),
    votes: [{ annotator, outcome: step, ...details, origin: { ...origin, margin: original } }],
  };
}

function split(
  { line, value }: JsonRow,
  prompt: unknown,
  chosen: unknown,
  rejected: unknown,
  allowEmptyTurns: boolean,
): { prompt: Message[]; texts: string[] } {
  if (Array.isArray(chosen) !== Array.isArray(rejected)) {
    throw lineProblem(line, "rejected", "rejectedUnlikeChosen");
  }
  if (Array.isArray(chosen)) return splitMessages(line, prompt, chosen, rejected, allowEmptyTurns);
  const good = textOf(chosen, line, "chosen");
  const bad = textOf(rejected, line, "rejected");
  if (prompt !== undefined) {
    return { prompt: promptOf(prompt, line, "prompt", allowEmptyTurns), texts: [good, bad] };
  }
  const other = questionColumns.find((name) => value[name] !== undefined && value[name] !== null);
  if (other !== undefined) {
    throw lineProblem(line, "prompt", "promptElsewhere", { column: other });
  }
  const shared = sharedTurns(good, bad);
  if (shared === null) {
    throw lineProblem(line, "prompt", "noSharedWholeTurn");
  }
  return { prompt: promptOf(shared, line, "prompt"), texts: [good.slice(shared.length), bad.slice(shared.length)] };
}

function splitMessages(line: number, prompt: unknown, chosen: unknown, rejected: unknown, allowEmptyTurns: boolean) {
  const good = messagesOf(chosen, line, "chosen", true);
  const bad = messagesOf(rejected, line, "rejected", true);
  const explicit = prompt === undefined ? [] : promptOf(prompt, line, "prompt", allowEmptyTurns);
  let shared = 0;
  // An answer that both share is no part of the question: only what comes before the last message can be prompt.
  while (shared < Math.min(good.length, bad.length) - 1 && sameMessage(good[shared], bad[shared])) shared += 1;
  const common = good.slice(0, shared);
  const whole = joined(explicit, common);
  if (whole.length === 0) throw lineProblem(line, "prompt", "noSharedTurn");
  const [goodAnswer, badAnswer] = [good.slice(shared), bad.slice(shared)];
  const texts = [["chosen", goodAnswer] as const, ["rejected", badAnswer] as const].map(([field, turns]) => {
    const answer = answerOfTurns(turns, line, field);
    if (answer === null) throw lineProblem(line, field, "oneAnswerAfterShared");
    return answer;
  });
  return {
    prompt: messagesOf(whole, line, "prompt", allowEmptyTurns),
    texts,
  };
}

/**
 * The prompt, then what the answers share; once where both hold the same conversation, with or without the system's
 * words at its start and whatever white space ends a turn.
 */
function joined(explicit: readonly Message[], common: readonly Message[]): readonly Message[] {
  if (explicit.length === 0) return common;
  const starts = [0, common.findIndex(({ role }) => role !== "system")];
  const repeats = starts.some((start) => start >= 0 && isBeginning(explicit, common.slice(start)));
  if (repeats) return common;
  const turns = explicit.filter(({ role }) => role !== "system");
  if (turns.length > 0 && isBeginning(turns, common)) return [...explicit.slice(0, -turns.length), ...common];
  const ending = explicit.slice(-common.length);
  return common.length > 0 && isBeginning(common, ending) ? explicit : [...explicit, ...common];
}

function isBeginning(beginning: readonly Message[], messages: readonly Message[]): boolean {
  return beginning.every((message, index) => sameMessage(trimmed(message), trimmed(messages[index])));
}

function trimmed(message: Message | undefined): Message | undefined {
  return message && { ...message, content: message.content.trim() };
}
