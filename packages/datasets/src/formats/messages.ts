import { type Message, mostToolCalls, type ToolCall } from "@touchstone/contracts";
import { nameOf, optionalName, textOf } from "../read/fields.ts";
import { isObject } from "../read/json-rows.ts";
import { jsonText } from "../read/json-text.ts";
import { lineProblem } from "../read/line-problem.ts";

const roles = ["system", "user", "assistant", "tool"] as const;

type Fields = Readonly<Record<string, unknown>>;

/**
 * A list of {role, content}. Contents may not be empty, except where `allowEmpty` says so (an empty answer is one), where
 * the assistant calls tools and where a tool gave nothing back. Calls and results are read as OpenAI's chats have them.
 */
export function messagesOf(value: unknown, line: number, field: string, allowEmpty = false): Message[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw lineProblem(line, field, "messageList");
  }
  return value.map((item: unknown, index) => {
    const at = `${field}.${index}`;
    if (!isObject(item)) throw lineProblem(line, at, "messageEntry");
    // What OpenAI's newer chats and Harmony call the system's words.
    const role = item.role === "developer" ? "system" : roles.find((known) => known === item.role);
    if (role === undefined) throw lineProblem(line, `${at}.role`, "unknownRole", { roles: roles.join(", ") });
    if (item.media !== undefined && item.media !== null) throw lineProblem(line, `${at}.media`, "mediaUnread");
    const tools = toolsOf(item, role, line, at);
    const canBeEmpty = tools.tool_calls !== undefined || role === "tool";
    const isAbsent = item.content === null || item.content === undefined;
    const content = canBeEmpty && isAbsent ? "" : textOf(textOfParts(item.content), line, `${at}.content`);
    if (content === "" && !allowEmpty && !canBeEmpty) throw lineProblem(line, `${at}.content`, "empty");
    return { role, content, ...tools };
  });
}

/** The calls of a turn, or whose result it is: each only where it can be, so that none is lost. */
function toolsOf(item: Fields, role: Message["role"], line: number, at: string): Partial<Message> {
  if (isGiven(item.function_call)) throw lineProblem(line, `${at}.function_call`, "functionCallFormer");
  if (isGiven(item.tool_calls) && role !== "assistant") {
    throw lineProblem(line, `${at}.tool_calls`, "toolCallsElsewhere", { role });
  }
  if (isGiven(item.tool_call_id) && role !== "tool") {
    throw lineProblem(line, `${at}.tool_call_id`, "toolResultElsewhere", { role });
  }
  if (role === "assistant" && isGiven(item.tool_calls)) return { tool_calls: callsOf(item.tool_calls, line, at) };
  if (role !== "tool") return {};
  const id = optionalName(item.tool_call_id, line, `${at}.tool_call_id`);
  const name = optionalName(item.name, line, `${at}.name`);
  return { ...(id === null ? {} : { tool_call_id: id }), ...(name === null ? {} : { name }) };
}

function callsOf(value: unknown, line: number, at: string): ToolCall[] {
  if (!Array.isArray(value)) throw lineProblem(line, `${at}.tool_calls`, "toolCallForm");
  if (value.length > mostToolCalls) {
    throw lineProblem(line, `${at}.tool_calls`, "tooManyToolCalls", { count: value.length, limit: mostToolCalls });
  }
  return value.map((call: unknown, index) => {
    const path = `${at}.tool_calls.${index}`;
    const isCall = isObject(call) && isObject(call.function) && (call.type ?? "function") === "function";
    if (!isCall || !isObject(call.function)) throw lineProblem(line, path, "toolCallForm");
    const { name, arguments: given } = call.function;
    return {
      id: nameOf(call.id, line, `${path}.id`),
      type: "function",
      function: {
        name: nameOf(name, line, `${path}.function.name`),
        // Templates of Hugging Face write the object itself; a chat of OpenAI's has its JSON.
        arguments: isObject(given) ? jsonText(given) : textOf(given ?? "", line, `${path}.function.arguments`),
      },
    };
  });
}

/** Parts of text become one; what holds anything else is left as it is, and refused by name where it is read. */
export function textOfParts(content: unknown): unknown {
  if (!Array.isArray(content) || content.length === 0) return content;
  // LLaMA-Factory's newer layout calls the text of a part its value.
  const parts = content.map((part: unknown) =>
    isObject(part) && part.type === "text" ? (part.text ?? part.value) : null,
  );
  return parts.every((part) => typeof part === "string") ? parts.join("\n\n") : content;
}

/** An empty list of calls is none, as many files write it. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

/** A prompt given as text (one user turn) or as messages. */
export function promptOf(value: unknown, line: number, field: string, allowEmpty = false): Message[] {
  if (Array.isArray(value)) return messagesOf(value, line, field, allowEmpty);
  const content = textOf(value, line, field);
  if (content.trim() === "") throw lineProblem(line, field, "empty");
  return [{ role: "user", content }];
}

export function sameMessage(one: Message | undefined, other: Message | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const tools = ({ tool_calls, tool_call_id, name }: Message) => JSON.stringify([tool_calls, tool_call_id, name]);
  return one.role === other.role && one.content === other.content && tools(one) === tools(other);
}
