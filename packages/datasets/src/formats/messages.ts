import type { Message } from "@touchstone/contracts";
import { textOf } from "../read/fields.ts";
import { isObject } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";

const roles = ["system", "user", "assistant"] as const;

/** A list of {role, content}. Contents may not be empty, except where `allowEmpty` says so (an empty answer is one). */
export function messagesOf(value: unknown, line: number, field: string, allowEmpty = false): Message[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw lineProblem(line, field, "messageList");
  }
  return value.map((item: unknown, index) => {
    const at = `${field}.${index}`;
    if (!isObject(item)) throw lineProblem(line, at, "messageEntry");
    const role = roles.find((known) => known === item.role);
    if (role === undefined) throw lineProblem(line, `${at}.role`, "unknownRole", { roles: roles.join(", ") });
    if (item.media !== undefined && item.media !== null) throw lineProblem(line, `${at}.media`, "mediaUnread");
    const content = textOf(item.content, line, `${at}.content`);
    if (content === "" && !allowEmpty) throw lineProblem(line, `${at}.content`, "empty");
    return { role, content };
  });
}

/** A prompt given as text (one user turn) or as messages. */
export function promptOf(value: unknown, line: number, field: string, allowEmpty = false): Message[] {
  if (Array.isArray(value)) return messagesOf(value, line, field, allowEmpty);
  const content = textOf(value, line, field);
  if (content.trim() === "") throw lineProblem(line, field, "empty");
  return [{ role: "user", content }];
}

export function sameMessage(one: Message | undefined, other: Message | undefined): boolean {
  return one !== undefined && other !== undefined && one.role === other.role && one.content === other.content;
}
