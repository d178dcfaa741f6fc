import type { Message } from "@touchstone/contracts";
import { completionsOf, type ImportRow, rowOf, unnamedAnnotator } from "../import-row.ts";
import { asNumber, optionalName, textOf } from "../read/fields.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { messagesOf, promptOf, sameMessage } from "./messages.ts";

/**
 * TRL's preference format: {prompt?, chosen, rejected, margin?}, each text or messages. Without a prompt it is what
 * chosen and rejected have in common at their start. The row is one vote for chosen, of `annotator_hash` or `annotator`
 * where the file has such a column.
 */
export function readTrlPreference({ line, value }: JsonRow, allowEmptyTurns = false): ImportRow {
  const { chosen, rejected } = value;
  if (chosen === undefined || rejected === undefined) {
    throw lineProblem(line, chosen === undefined ? "chosen" : "rejected", "is missing.");
  }
  const { prompt, texts } = split(line, value.prompt ?? undefined, chosen, rejected, allowEmptyTurns);
  const annotator = optionalName(value.annotator_hash ?? value.annotator, line, "annotator") ?? unnamedAnnotator;
  return {
    ...rowOf(line, prompt),
    cluster: optionalName(value.cluster, line, "cluster"),
    language: optionalName(value.language, line, "language"),
    completions: completionsOf(texts.map((text) => ({ id: null, text }))),
    votes: [{ annotator, outcome: outcomeOfMargin(value.margin, line) }],
  };
}

/**
 * Margins of 1/3, 2/3 and 1 are slightly better, better and much better (the scale of Llama 2, and of our export).
 * Without one, and for margins on another scale, which cannot be told apart in steps, the choice is plainly "better".
 */
function outcomeOfMargin(margin: unknown, line: number): number {
  if (margin === undefined || margin === null) return 2;
  const size = asNumber(margin);
  if (size === undefined || size < 0) throw lineProblem(line, "margin", "must be a number of 0 or more.");
  return size > 1 ? 2 : Math.max(1, Math.round(3 * size));
}

function split(
  line: number,
  prompt: unknown,
  chosen: unknown,
  rejected: unknown,
  allowEmptyTurns: boolean,
): { prompt: Message[]; texts: string[] } {
  if (Array.isArray(chosen) !== Array.isArray(rejected)) {
    throw lineProblem(line, "rejected", "must be text or messages, like chosen.");
  }
  if (Array.isArray(chosen)) return splitMessages(line, prompt, chosen, rejected, allowEmptyTurns);
  const good = textOf(chosen, line, "chosen");
  const bad = textOf(rejected, line, "rejected");
  if (prompt !== undefined) {
    return { prompt: promptOf(prompt, line, "prompt", allowEmptyTurns), texts: [good, bad] };
  }
  const shared = sharedBeginning(good, bad);
  if (shared.trim() === "")
    throw lineProblem(line, "prompt", "is missing, and chosen and rejected share no beginning.");
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
  const repeatsPrompt = explicit.length > 0 && explicit.every((message, index) => sameMessage(message, common[index]));
  const whole = explicit.length === 0 || repeatsPrompt ? common : [...explicit, ...common];
  if (whole.length === 0) throw lineProblem(line, "prompt", "is missing, and chosen and rejected share no beginning.");
  const [goodAnswer, badAnswer] = [good.slice(shared), bad.slice(shared)];
  for (const [field, answer] of [["chosen", goodAnswer] as const, ["rejected", badAnswer] as const]) {
    if (answer.length === 1 && answer[0]?.role === "assistant") continue;
    throw lineProblem(line, field, "must end in one assistant message of its own after what both share.");
  }
  return {
    prompt: messagesOf(whole, line, "prompt", allowEmptyTurns),
    texts: [...goodAnswer, ...badAnswer].map(({ content }) => content),
  };
}

/**
 * What two texts share up to the end of a turn or a sentence in both; empty where they share none. Two answers to one question often
 * begin with the same words, and those are no question: so a beginning ends only at 。？！：, a line's end, or . ? ! : before a blank.
 */
function sharedBeginning(one: string, other: string): string {
  const shorter = Math.min(one.length, other.length);
  let length = 0;
  while (length < shorter && one[length] === other[length]) length += 1;
  for (let end = length; end > 0; end -= 1) {
    if (
      endsSentence(one, end) &&
      endsSentence(other, end) &&
      one.slice(end).trim() !== "" &&
      other.slice(end).trim() !== ""
    ) {
      return one.slice(0, end);
    }
  }
  return "";
}

function endsSentence(text: string, end: number): boolean {
  const last = text.charAt(end - 1);
  return /[。？！：\n]/.test(last) || (/[.?!:]/.test(last) && /\s/.test(text.charAt(end)));
}
