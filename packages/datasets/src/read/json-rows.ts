import { lineProblem } from "./line-problem.ts";
import { type Line, readLines } from "./lines.ts";

export interface JsonRow {
  readonly line: number;
  readonly value: { readonly [name: string]: unknown };
}

/**
 * JSON Lines: one object a line.
 *
 * @throws DomainError invalid_line, naming the first line that is none.
 */
export async function* readJsonRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<JsonRow> {
  for await (const line of readLines(bytes)) yield { line: line.number, value: parseObject(line) };
}

function parseObject({ number, text }: Line): JsonRow["value"] {
  const value = parse(number, text);
  if (isObject(value)) return value;
  const cure = number === 1 && Array.isArray(value) ? " A JSON array must be unpacked to one object a line." : "";
  throw lineProblem(number, null, `is not a JSON object.${cure}`);
}

function parse(number: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // V8 quotes the line itself, which may be long and private.
    throw lineProblem(number, null, `is not valid JSON (${reason.replace(/,? "?\.{3}.*$|, ".*$/s, "")}).`);
  }
}

export function isObject(value: unknown): value is JsonRow["value"] {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
