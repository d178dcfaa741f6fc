export interface JsonStructure {
  /** Names of all objects in the text. */
  readonly names: number;
  /** At most so many values: commas and opening brackets, and one. */
  readonly values: number;
  readonly depth: number;
  /** Whether a number stands there whose digits a double does not give back. */
  readonly inexact: boolean;
}

/**
 * What the text of a JSON value shows and its parsed value doesn't. Texts between quotes are leapt over, since they are most of
 * any row. Reading ends where the text nests deeper than `deepestRead`, for nobody wants to know the rest.
 */
export function structureOf(text: string, deepestRead: number): JsonStructure {
  let names = 0;
  let values = 1;
  let depth = 0;
  let deepest = 0;
  let inexact = false;
  let place = 0;
  while (place < text.length && depth <= deepestRead) {
    const code = text.charCodeAt(place);
    if (code === quote) place = endOfString(text, place);
    else if (code === colon) names += 1;
    else if (code === comma) values += 1;
    else if (code === openBrace || code === openBracket) {
      depth += 1;
      values += 1;
      deepest = Math.max(deepest, depth);
    } else if (code === closeBrace || code === closeBracket) depth -= 1;
    else if (code === minus || (code >= zero && code <= nine)) {
      const end = endOfNumber(text, place);
      inexact ||= !isPlain(text, place, end);
      place = end - 1;
    }
    place += 1;
  }
  return { names, values, depth: deepest, inexact };
}

/** Place of the quote that ends the string beginning at `start`, or the end of the text where none does. */
export function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === backslash) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && /[\d.eE+-]/.test(text.charAt(end))) end += 1;
  return end;
}

function isPlain(text: string, start: number, end: number): boolean {
  const digits = text.slice(start, end);
  return String(Number(digits)) === digits;
}

const quote = 0x22;
const colon = 0x3a;
const comma = 0x2c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const backslash = 0x5c;
const minus = 0x2d;
const zero = 0x30;
const nine = 0x39;
