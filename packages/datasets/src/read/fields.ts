import type { ReasonWord } from "@touchstone/contracts";
import { isObject, type JsonRow } from "./json-rows.ts";
import { jsonText } from "./json-text.ts";
import { isExactNumber } from "./json-value.ts";
import { lineProblem } from "./line-problem.ts";

/** The longest text of a prompt's turn or of an answer, in UTF-16 units; contracts' Message has the same bound. */
export const longestText = 100_000;
const longestName = 200;

/**
 * The value at a dotted path, `undefined` where there is none. A key that itself holds dots is found too, a number is a place
 * in a list, and `*` is every entry of one (`turns.*.value` is the list of their values), or the one object that stands in its
 * place. Only a row's own properties are looked at, so `__proto__` and `constructor` lead nowhere.
 */
export function valueAt(row: JsonRow["value"], path: string): unknown {
  if (Object.hasOwn(row, path)) return row[path];
  return valueWithin(row, path.split("."));
}

function valueWithin(from: unknown, names: readonly string[]): unknown {
  let value = from;
  for (const [index, name] of names.entries()) {
    if (name === "*" && (Array.isArray(value) || (isObject(value) && !Object.hasOwn(value, name)))) {
      return everyEntry([value].flat(), names.slice(index + 1));
    }
    if (Array.isArray(value)) value = /^\d{1,6}$/.test(name) ? value[Number(name)] : undefined;
    else if (isObject(value) && Object.hasOwn(value, name)) value = value[name];
    else return undefined;
  }
  return value;
}

/** Undefined where no entry has anything there: a name that is found nowhere is a slip. */
function everyEntry(list: readonly unknown[], names: readonly string[]): unknown {
  const found = list.map((entry) => valueWithin(entry, names));
  return found.length > 0 && found.every((value) => value === undefined) ? undefined : found;
}

/**
 * Text that the database can store. Numbers and booleans, as files made by scripts have them, are taken as text: numbers
 * digit by digit as they stand in the file.
 */
export function textOf(value: unknown, line: number, field: string, longest = longestText): string {
  const text = typeof value === "number" || typeof value === "boolean" || isExactNumber(value) ? String(value) : value;
  if (typeof text !== "string") throw lineProblem(line, field, "notText", { kind: kindOf(value) });
  if (text.length > longest) throw lineProblem(line, field, "textTooLong", { count: text.length, limit: longest });
  if (text.includes("\0")) throw lineProblem(line, field, "nulCharacter");
  if (!text.isWellFormed()) throw lineProblem(line, field, "halfSurrogate");
  return text;
}

/** A name or an id: short, not empty. */
export function nameOf(value: unknown, line: number, field: string): string {
  const name = textOf(value, line, field, longestName);
  if (name.trim() === "") throw lineProblem(line, field, "empty");
  return name;
}

export function optionalName(value: unknown, line: number, field: string): string | null {
  return value === undefined || value === null || value === "" ? null : nameOf(value, line, field);
}

/** A finite number. A text that is one, as every cell of a table is text, is taken for it: "4" and "4.0" are 4. */
export function numberOf(value: unknown, line: number, field: string): number {
  const number = asNumber(value);
  if (number !== undefined) return number;
  if (typeof value !== "string" && typeof value !== "number" && !isExactNumber(value)) {
    throw lineProblem(line, field, "notNumber", { kind: kindOf(value) });
  }
  throw lineProblem(line, field, "notNumberSaid", { said: quoted(value) });
}

/** A value of the file as messages repeat it: its beginning is enough to find it by. */
export function quoted(value: unknown): string {
  const said = textOfJson(value);
  return said.length > 40 ? `${said.slice(0, 40)}…` : said;
}

function textOfJson(value: unknown): string {
  return typeof value === "object" ? jsonText(value) : String(value);
}

/** Digits stand in one place only where they may: two that could share them would try every way to. */
const numeral = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** As `numberOf`, and undefined where the value is no finite number. */
export function asNumber(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (!isExactNumber(value) && typeof value !== "string") return undefined;
  const text = String(value).trim();
  const number = numeral.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** True or false; the texts "true" and "false", in whatever case tables have them, are taken for it. */
export function booleanOf(value: unknown, line: number, field: string, reason: NotBoolean = "notBoolean"): boolean {
  if (typeof value === "boolean") return value;
  const said = typeof value === "string" ? value.trim().toLowerCase() : "";
  if (said === "true" || said === "false") return said === "true";
  throw lineProblem(line, field, reason, { said: quoted(value) });
}

/**
 * Values that a person wrote as text, and what each stands for. A value of the file is one of them where it is the same text, or
 * as a number the same number (1 and 1.0); the first that was added counts.
 */
export class SaidValues<Meaning> {
  readonly #texts = new Map<string, Meaning>();
  readonly #numbers = new Map<number, Meaning>();

  add(said: string, meaning: Meaning): void {
    if (!this.#texts.has(said)) this.#texts.set(said, meaning);
    const number = asNumber(said);
    if (number !== undefined && !this.#numbers.has(number)) this.#numbers.set(number, meaning);
  }

  of(value: unknown): Meaning | undefined {
    // An object of the file has whatever `toString` the file gives it, and is nothing that anybody wrote as text.
    if (typeof value === "object" && !isExactNumber(value)) return undefined;
    const text = String(value);
    const isNumber = typeof value === "number" || isExactNumber(value);
    return (
      this.#texts.get(text) ??
      (isNumber && Number.isSafeInteger(Number(text)) ? this.#numbers.get(Number(text)) : undefined)
    );
  }
}

type NotBoolean = "notBoolean" | "notBooleanWanted" | "notBooleanOptional";

/** What a value of JSON that is neither text nor number is. */
function kindOf(value: unknown): ReasonWord {
  if (value === undefined) return "absent";
  if (value === null) return "null";
  if (typeof value === "boolean") return "boolean";
  return Array.isArray(value) ? "list" : "object";
}
