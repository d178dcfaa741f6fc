import { isExactNumber, parseJson } from "./json-value.ts";
import { lineProblem } from "./line-problem.ts";
import { readLines } from "./lines.ts";

/** A row of a file, whatever the file's layout: an object with its columns. */
export interface JsonRow {
  /** Where it begins in the file, counted from 1. */
  readonly line: number;
  readonly value: { readonly [name: string]: unknown };
}

/**
 * JSON Lines: one object a line.
 *
 * @throws DomainError invalid_line, naming the first line that is none.
 */
export async function* readJsonLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<JsonRow> {
  for await (const { number, text } of readLines(bytes)) yield jsonRow(number, text);
}

/** The row that a text holds. @throws DomainError invalid_line */
export function jsonRow(line: number, text: string): JsonRow {
  const value = parseJson(text, line);
  if (isObject(value)) return { line, value };
  throw lineProblem(line, null, "jsonNotObject");
}

/** An object of the file; a number that is kept with its digits is none. */
export function isObject(value: unknown): value is JsonRow["value"] {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isExactNumber(value);
}
