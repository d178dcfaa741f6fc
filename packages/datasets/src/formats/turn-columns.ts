import type { ColumnMapping, Message } from "@touchstone/contracts";
import { textOf, valueAt } from "../read/fields.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { lineProblem, mappingProblem } from "../read/line-problem.ts";
import { turnsOf } from "./conversation.ts";
import { messagesOf } from "./messages.ts";

/**
 * What columns of turns say, in their order: a column may hold one turn, a list of texts, or a list of turns that name who
 * speaks. Who speaks where nobody says it alternates, so that the last turn is the assistant's before a prompt, and the
 * user's where it is what is asked. Blank turns are none.
 */
export function turnsAt({ line, value }: JsonRow, { turns = [], prompt }: ColumnMapping): Message[] {
  const found = turns.flatMap((path) => {
    const raw = valueAt(value, path);
    if (raw === undefined)
      throw mappingProblem("turns", line, "mappingNoColumn", { column: path, columns: columnsOf(value) });
    return entriesOf(raw, line, path);
  });
  const last = prompt === undefined ? 0 : 1;
  return found.map((turn, index) => {
    if (typeof turn !== "string") return turn;
    const isUser = (found.length - 1 - index) % 2 === last;
    return { role: isUser ? "user" : "assistant", content: turn };
  });
}

const columnsOf = (value: JsonRow["value"]): string => Object.keys(value).slice(0, 30).join(", ");

function entriesOf(raw: unknown, line: number, path: string): (string | Message)[] {
  if (raw === null || raw === "") return [];
  if (!Array.isArray(raw)) return textIn(raw, line, path);
  if (raw.length === 0) return [];
  const turns = turnsOf(raw);
  if (turns !== null) return messagesOf(turns, line, path);
  return raw.flatMap((entry: unknown, index) => {
    if (Array.isArray(entry)) throw lineProblem(line, `${path}.${index}`, "notText", { kind: "list" });
    return textIn(entry, line, `${path}.${index}`);
  });
}

function textIn(raw: unknown, line: number, path: string): string[] {
  if (raw === null || raw === undefined) return [];
  const text = textOf(raw, line, path);
  return text.trim() === "" ? [] : [text];
}
