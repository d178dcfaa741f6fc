import type { Message } from "@touchstone/contracts";
import { textOf } from "../read/fields.ts";
import { isObject } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { messagesOf, sameMessage } from "./messages.ts";

/** What tools call the three roles. */
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
};

/**
 * A conversation in the form that `messagesOf` reads, whichever of the usual names its file has ({role, content},
 * {from, value}, {role, text}, text in parts); null for whatever is no conversation. One turn alone is a conversation
 * of one.
 */
export function turnsOf(value: unknown): { role: unknown; content: unknown }[] | null {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) return null;
  const turns = list.map((entry) => (isObject(entry) ? turnOf(entry) : null));
  return turns.every((turn) => turn !== null) ? turns : null;
}

function turnOf(entry: Readonly<Record<string, unknown>>): { role: unknown; content: unknown } | null {
  const role = entry.role ?? entry.from;
  const content = entry.content ?? entry.value ?? entry.text;
  if (typeof role !== "string" || content === undefined) return null;
  return { role: roleNames[role.toLowerCase()] ?? role, content: textOfParts(content) };
}

/** Parts of text become one; what holds anything else is left as it is, and refused by name where it is read. */
function textOfParts(content: unknown): unknown {
  if (!Array.isArray(content)) return content;
  const parts = content.map((part: unknown) => (isObject(part) && part.type === "text" ? part.text : null));
  return parts.every((part) => typeof part === "string") ? parts.join("\n\n") : content;
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
    const [answer, ...more] = repeats ? conversation.slice(prompt.length) : conversation;
    if (answer?.role !== "assistant" || more.length > 0) {
      throw lineProblem(line, path, "oneAnswerAfterPrompt");
    }
    return answer.content;
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
