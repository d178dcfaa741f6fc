import { DomainError } from "@touchstone/contracts";
import { isObject } from "./json-rows.ts";
import { parseJson } from "./json-value.ts";

/**
 * Tables hold texts alone, so lists and conversations stand in their cells as JSON, as this product and others write them. A
 * cell is taken for its JSON where nothing else can be meant: it is a conversation, whatever its column, or its column has a
 * name under which the field knows lists and objects only. Any other text stays one, also where it happens to be JSON, for
 * answers often are.
 */
const ofLists = new Set([
  ...["messages", "conversations", "history", "completions", "responses", "generations", "candidates", "answers"],
  ...["ranks", "ranking", "labels", "verdicts", "models", "response_ids", "label_ids", "shown_order", "questionnaire"],
  ...["reward_model", "extra_info", "individual_preference", "annotations", "tools", "timings", "scores", "steps"],
]);
/** Names that hold a text as often: an object here only beside these columns. */
const besideOthers: Readonly<Record<string, string>> = {
  data: "annotations",
  answer: "shown_order",
  preferred: "shown_order",
  input: "preferred_output",
};

/** @param header the names of all columns */
export function isOfLists(name: string, header: readonly string[]): boolean {
  const other = besideOthers[name];
  return ofLists.has(name) || (other !== undefined && header.includes(other));
}

/** What a cell stands for. @param listed whether its column holds lists and objects alone */
export function cellValue(text: string, line: number, listed: boolean): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    const value = parseJson(text, line);
    return listed || isConversation(value) ? value : text;
  } catch (error) {
    if (error instanceof DomainError) return text;
    throw error;
  }
}

function isConversation(value: unknown): boolean {
  const turns: unknown[] = Array.isArray(value) ? value : [value];
  return turns.length > 0 && turns.every(isTurn);
}

function isTurn(value: unknown): boolean {
  if (!isObject(value) || typeof (value.role ?? value.from) !== "string") return false;
  return ["content", "value", "text", "tool_calls"].some((name) => value[name] !== undefined);
}

/**
 * The apostrophe before what a program for tables would reckon out as a formula: written where a text begins so, and also where
 * it begins with apostrophes before such a sign, so that taking one off gives back what was written.
 */
const formula = /^'*[=+\-@\t\r]/;
const guard = /^'+[=+\-@\t\r]/;

export const guarded = (text: string): string => (formula.test(text) ? `'${text}` : text);

export const isGuarded = (text: string): boolean => guard.test(text);
