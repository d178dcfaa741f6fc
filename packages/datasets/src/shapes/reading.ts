import type { Message } from "@touchstone/contracts";
import { answerOfTurns } from "../formats/answer-turns.ts";
import { turnsOf } from "../formats/conversation.ts";
import { messagesOf, promptOf } from "../formats/messages.ts";
import { isAbsent } from "../formats/origin.ts";
import { asNumber, optionalName, quoted, textOf } from "../read/fields.ts";
import { isObject, type JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";

/** What was asked, as text or in any of the usual forms of a conversation. */
export function promptAt(value: unknown, line: number, field: string): Message[] {
  if (isAbsent(value)) throw lineProblem(line, field, "missing");
  const turns = isText(value) ? null : turnsOf(value);
  return promptOf(turns ?? value, line, field);
}

/** An answer as text, or as the turns of the assistant. */
export function answerAt(value: unknown, line: number, field: string): string {
  if (isAbsent(value)) throw lineProblem(line, field, "missing");
  const turns = isText(value) ? null : turnsOf(value);
  if (turns === null) return textOf(value, line, field);
  const answer = answerOfTurns(messagesOf(turns, line, field, true), line, field);
  if (answer === null) throw lineProblem(line, field, "completionForm");
  return answer;
}

/** A conversation that ends with an answer, as what was asked and the answer. */
export function conversationAt(value: unknown, line: number, field: string): { prompt: Message[]; answer: string } {
  const turns = messagesOf(turnsOf(value) ?? value, line, field, true);
  const asked = turns.findLastIndex(({ role }) => role === "user") + 1;
  const answer = answerOfTurns(turns.slice(asked), line, field);
  if (asked === 0 || answer === null) throw lineProblem(line, field, "messagesEndWithAnswer");
  return { prompt: messagesOf(turns.slice(0, asked), line, field), answer };
}

/** An object's field that must be an object. */
export function objectAt(value: unknown, line: number, field: string): JsonRow["value"] {
  if (isObject(value)) return value;
  throw lineProblem(line, field, "atifObject");
}

/** A list of objects. */
export function objectsAt(value: unknown, line: number, field: string): JsonRow["value"][] {
  if (!Array.isArray(value)) throw lineProblem(line, field, "objectList");
  return value.map((entry: unknown, index) => objectAt(entry, line, `${field}.${index}`));
}

/** A whole number between two bounds; a text that is one counts, as tables have it. */
export function wholeAt(value: unknown, line: number, field: string, from: number, to: number): number {
  const number = asNumber(value);
  if (number !== undefined && Number.isInteger(number) && number >= from && number <= to) return number;
  throw lineProblem(line, field, "wholeOutOfRange", { from, to, said: quoted(value) });
}

/** A text that may be absent; a blank one is none. */
export function optionalText(value: unknown, line: number, field: string): string | null {
  if (isAbsent(value)) return null;
  const text = textOf(value, line, field);
  return text.trim() === "" ? null : text;
}

/** The first of these columns that holds a name. */
export function nameIn({ line, value }: JsonRow, ...columns: readonly string[]): string | null {
  for (const column of columns) {
    const name = optionalName(value[column], line, column);
    if (name !== null) return name;
  }
  return null;
}

/** The prompt after what its row has the system say. */
export function withSystem({ line, value }: JsonRow, prompt: readonly Message[]): readonly Message[] {
  const content = optionalText(value.system, line, "system");
  if (content === null) return prompt;
  if (prompt[0]?.role === "system") throw lineProblem(line, "system", "systemTwice");
  return [{ role: "system", content }, ...prompt];
}

/** An instruction with its input below it, after the exchanges of `history`, as Alpaca's layout has them. */
export function instructionIn({ line, value }: JsonRow): Message[] {
  const input = optionalText(value.input, line, "input");
  const [turn] = promptAt(value.instruction, line, "instruction");
  const content = [turn?.content ?? "", ...(input === null ? [] : [input])].join("\n\n");
  return [...historyAt(value.history, line, "history"), ...promptAt(content, line, "instruction")];
}

/** What was asked and answered before, two texts an exchange. */
function historyAt(value: unknown, line: number, field: string): Message[] {
  if (isAbsent(value)) return [];
  if (!Array.isArray(value)) throw lineProblem(line, field, "historyForm");
  return value.flatMap((exchange: unknown, index): Message[] => {
    const at = `${field}.${index}`;
    if (!Array.isArray(exchange) || exchange.length !== 2) throw lineProblem(line, at, "historyForm");
    const [content, answer] = exchange.map((text: unknown, place) => textOf(text, line, `${at}.${place}`));
    return [
      { role: "user", content: content ?? "" },
      { role: "assistant", content: answer ?? "" },
    ];
  });
}

function isText(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}
