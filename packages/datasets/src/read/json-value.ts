import { isLosslessNumber, LosslessNumber, parse as parseLossless } from "lossless-json";
import { structureOf } from "./json-structure.ts";
import { lineProblem } from "./line-problem.ts";
import { notJson } from "./why-not-json.ts";

/**
 * Whether a value is a number that keeps the digits it has in the file, since a double would not give them back:
 * 12345678901234567890, 1.0, 1e400. The helpers of fields.ts read it as text or as a number.
 */
export const isExactNumber = (value: unknown): value is LosslessNumber => isLosslessNumber(value);

/** Deeper than any data set; hostile files nest by the million to exhaust the stack of whoever walks through them. */
const deepest = 500;

/**
 * One JSON value, numbers as exact as in the file. Almost all lines take the engine's own parser; one that holds such a number, or
 * a name twice in one object, is read again by the exact one.
 *
 * @throws DomainError invalid_line with cause and cure, never with the text itself, which may be private
 */
export function parseJson(text: string, line: number): unknown {
  // Before any parser sees it: 16 MiB of "[" are as many arrays to JSON.parse, and four seconds.
  const { names, depth, inexact } = structureOf(text, deepest);
  if (depth > deepest) throw lineProblem(line, null, "jsonTooDeep", { limit: deepest });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notJson(text, line);
  }
  if (!inexact && names === namesIn(value)) return value;
  return parseLossless(text, null, {
    parseNumber: (digits) => (String(Number(digits)) === digits ? Number(digits) : new LosslessNumber(digits)),
    onDuplicateKey: ({ key }) => {
      throw lineProblem(line, key.slice(0, 60), "jsonNameTwice");
    },
  });
}

/** How many names all objects within have together: fewer than the text has where one stands twice. */
function namesIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let names = Array.isArray(value) ? 0 : Object.keys(value).length;
  for (const inner of Object.values(value)) names += namesIn(inner);
  return names;
}
