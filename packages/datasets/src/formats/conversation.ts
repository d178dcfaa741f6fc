import type { Message } from "@touchstone/contracts";
import { textOf } from "../read/fields.ts";
import { isObject, type JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { answerOfTurns } from "./answer-turns.ts";
import { messagesOf, sameMessage, textOfParts } from "./messages.ts";

/** What programs call the roles. */
const roleNames: Readonly<Record<string, Message["role"]>> = {
  human: "user",
  user: "user",
  gpt: "assistant",
  chatgpt: "assistant",
  bot: "assistant",
  model: "assistant",
  assistant: "assistant",
  system: "system",
  developer: "system",
  tool: "tool",
};

/**
 * A conversation in the form that `messagesOf` reads, whichever of the usual names its file has ({role, content},
 * {from, value}, {role, text}, text in parts); null for whatever is no conversation. One turn alone is a conversation
 * of one.
 */
export function turnsOf(value: unknown): Turn[] | null {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) return null;
  const turns = list.map((entry) => (isObject(entry) ? turnOf(entry) : null));
  return turns.every((turn) => turn !== null) ? turns : null;
}

/** What a turn holds that no reader takes: beside who speaks, the words and what it says of tools. */
export function unreadIn(turn: JsonRow["value"]): [name: string, value: unknown][] {
  const speaker = firstGiven(turn, speakers);
  const isTool = speaker !== undefined && roleNames[String(turn[speaker]).toLowerCase()] === "tool";
  // A file that is not there and a call in the former manner are refused by name.
  const read = new Set<string | undefined>([speaker, firstGiven(turn, words), "media", ...ofTools]);
  return Object.entries(turn).filter(([name]) => !read.has(name) || (name === "name" && !isTool));
}

const speakers = ["role", "from"] as const;
const words = ["content", "value", "text"] as const;

const firstGiven = (turn: JsonRow["value"], names: readonly string[]): string | undefined =>
  names.find((name) => turn[name] !== undefined && turn[name] !== null);

/** A turn as its file has it; of tools what the turn says of them. */
type Turn = Readonly<Record<"role" | "content" | (typeof ofTools)[number], unknown>>;
const ofTools = ["tool_calls", "tool_call_id", "name", "function_call"] as const;

function turnOf(entry: JsonRow["value"]): Turn | null {
  const { tool_calls, tool_call_id, name, function_call } = entry;
  const role = entry.role ?? entry.from;
  const hasCalls = Array.isArray(tool_calls) || typeof function_call === "object";
  const content = entry.content ?? entry.value ?? entry.text ?? (hasCalls ? null : undefined);
  if (typeof role !== "string" || content === undefined) return null;
  const said = { role: roleNames[role.toLowerCase()] ?? role, content: textOfParts(content) };
  return { ...said, tool_calls, tool_call_id, name, function_call };
}

export interface Side {
  readonly path: string;
  readonly value: unknown;
}

/**
 * Answers as texts, and the prompt they were given to. Answers that are conversations repeat the prompt or hold it:
 * what all of them share before their last turn is taken off, and is the prompt where the file has no other.
 */
export function splitAnswers(
  line: number,
  given: readonly Message[] | null,
  sides: readonly Side[],
): { prompt: readonly Message[]; texts: (string | null)[] } {
  const conversations = sides.map(({ path, value }) => {
    const turns = isText(value) ? null : turnsOf(value);
    return turns === null ? null : messagesOf(turns, line, path, true);
  });
  const prompt = given ?? sharedBeginning(conversations.filter((one) => one !== null));
  if (prompt.length === 0) throw lineProblem(line, "prompt", "noSharedPrompt");
  const texts = sides.map(({ path, value }, index) => {
    const conversation = conversations[index];
    if (!conversation) return isAbsent(value) ? null : textOf(value, line, path);
    const repeats = prompt.every((message, turn) => sameMessage(message, conversation[turn]));
    const answer = answerOfTurns(repeats ? conversation.slice(prompt.length) : conversation, line, path);
    if (answer === null) throw lineProblem(line, path, "oneAnswerAfterPrompt");
    return answer;
  });
  return { prompt, texts };
}

/** An answer that all share is no part of the question: only what comes before the last turn can be prompt. */
function sharedBeginning(conversations: readonly Message[][]): Message[] {
  const [first] = conversations;
  if (!first) return [];
  const shortest = Math.min(...conversations.map(({ length }) => length));
  let shared = 0;
  while (shared < shortest - 1 && conversations.every((other) => sameMessage(first[shared], other[shared])))
    shared += 1;
  return first.slice(0, shared);
}

function isText(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}
