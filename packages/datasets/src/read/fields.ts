import { isObject, type JsonRow } from "./json-rows.ts";
import { lineProblem } from "./line-problem.ts";

/** The longest text of a prompt's turn or of an answer, in UTF-16 units; contracts' Message has the same bound. */
export const longestText = 100_000;
const longestName = 200;

/**
 * The value at a dotted path, `undefined` where there is none. A key that itself holds dots is found too. Only a
 * row's own properties are looked at, so `__proto__` and `constructor` lead nowhere.
 */
export function valueAt(row: JsonRow["value"], path: string): unknown {
  if (Object.hasOwn(row, path)) return row[path];
  let value: unknown = row;
  for (const name of path.split(".")) {
    if (Array.isArray(value)) value = /^\d{1,6}$/.test(name) ? value[Number(name)] : undefined;
    else if (isObject(value) && Object.hasOwn(value, name)) value = value[name];
    else return undefined;
  }
  return value;
}

/** Text that the database can store. Numbers and booleans, as files made by scripts have them, are taken as text. */
export function textOf(value: unknown, line: number, field: string, longest = longestText): string {
  const text = typeof value === "number" || typeof value === "boolean" ? String(value) : value;
  if (typeof text !== "string") throw lineProblem(line, field, `must be text, not ${kindOf(value)}.`);
  if (text.length > longest) throw lineProblem(line, field, `has ${text.length} characters; at most ${longest} fit.`);
  if (text.includes("\0")) throw lineProblem(line, field, "contains a NUL character. Remove it.");
  if (!text.isWellFormed())
    throw lineProblem(line, field, "contains half of a surrogate pair. Mend the text's encoding.");
  return text;
}

/** A name or an id: short, not empty. */
export function nameOf(value: unknown, line: number, field: string): string {
  const name = textOf(value, line, field, longestName);
  if (name.trim() === "") throw lineProblem(line, field, "must not be empty.");
  return name;
}

export function optionalName(value: unknown, line: number, field: string): string | null {
  return value === undefined || value === null || value === "" ? null : nameOf(value, line, field);
}

function kindOf(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `an ${typeof value}`;
}
