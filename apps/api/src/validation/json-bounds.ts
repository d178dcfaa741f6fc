import { DomainError } from "@touchstone/contracts";

/** No body that a route takes nests deeper than a conversation's parts; twice that is room enough. */
const deepestBody = 32;
/** Members and elements of one body. The largest that a route takes, a long list of ids, has some thousands. */
const mostValues = 20_000;

/**
 * Refuses a body that would be much work though it is few bytes, before any parser walks through it: one pass over the
 * bytes, texts leapt over. UTF-8 never has an ASCII byte within another character, so bytes are enough.
 *
 * @throws DomainError invalid_request
 */
export function assertBoundedJson(body: Buffer): void {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at];
    if (byte === quote) at = endOfText(body, at);
    else if (byte === comma) values += 1;
    else if (byte === openBrace || byte === openBracket) {
      depth += 1;
      values += 1;
    } else if (byte === closeBrace || byte === closeBracket) depth -= 1;
    if (depth > deepestBody) throw unwieldy(`nests deeper than ${deepestBody} levels`);
    if (values > mostValues) throw unwieldy(`holds more than ${mostValues} values`);
  }
}

/** Place of the quote that ends the text beginning at `start`, or the body's end where none does. */
function endOfText(body: Buffer, start: number): number {
  for (let end = body.indexOf(quote, start + 1); end !== -1; end = body.indexOf(quote, end + 1)) {
    let backslashes = 0;
    while (body[end - 1 - backslashes] === backslash) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return body.length;
}

const unwieldy = (what: string) => new DomainError("invalid_request", `The body ${what}.`, { path: "body" });

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
