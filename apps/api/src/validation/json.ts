import { DomainError } from "@touchstone/contracts";
import { assertBoundedJson } from "./json-bounds.ts";

const decoder = new TextDecoder("utf-8", { fatal: true });
/** NUL and half a surrogate pair can stand in JSON only as escapes, so most bodies need no second look. */
const suspicious = /__proto__|\\u(?:00|d[89a-f])/i;

/**
 * Parses a body strictly.
 *
 * @throws DomainError malformed_json (not JSON, not UTF-8), invalid_request (a `__proto__` key, too deep, too many values) or
 *   unstorable_text.
 */
export function parseJson(body: Buffer): unknown {
  const text = decode(body);
  assertBoundedJson(text);
  const value = parse(text);
  if (suspicious.test(text)) assertHarmless(value, []);
  return value;
}

function decode(body: Buffer): string {
  try {
    return decoder.decode(body);
  } catch {
    throw new DomainError("malformed_json", "The body is not UTF-8.");
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DomainError("malformed_json", "The body ends early or is not JSON.");
  }
}

/** @param path of the value; the walk leaves it as it was. Bounded by json-bounds.ts, so recursion is safe. */
function assertHarmless(value: unknown, path: string[]): void {
  if (typeof value === "string") assertStorable(value, path);
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    // It would become a prototype in whatever code copies the object key by key.
    if (key === "__proto__") throw new DomainError("invalid_request", "A key may not be named __proto__.", where(path));
    assertStorable(key, path);
    path.push(key);
    assertHarmless(inner, path);
    path.pop();
  }
}

function assertStorable(text: string, path: string[]): void {
  if (!text.includes("\0") && text.isWellFormed()) return;
  throw new DomainError("unstorable_text", "A text contains a NUL character or a lone surrogate.", where(path));
}

const where = (path: string[]) => ({ path: path.join(".") || "body" });
