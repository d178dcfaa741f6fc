import { TextDecoder } from "node:util";
import type { DomainError } from "@touchstone/contracts";
import chardet from "chardet";
import { lineProblem } from "./line-problem.ts";

/** Longer than any row of text that people could judge; without a bound one row could fill the memory. */
export const longestRow = 16 * 2 ** 20;

const newline = 0x0a;
const decoder = new TextDecoder("utf-8", { fatal: true });

/** @throws DomainError invalid_line naming the encoding that the bytes look like */
export function decodeUtf8(bytes: Uint8Array, line: number): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw notUtf8(bytes, line);
  }
}

/**
 * The same bytes, once they are known to be UTF-8: for readers that would put U+FFFD where they are not.
 * @throws DomainError invalid_line naming the first line that isn't
 */
export async function* checkedUtf8(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const checking = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  for await (const chunk of source) {
    try {
      checking.decode(chunk, { stream: true });
    } catch {
      throw notUtf8(chunk, line + linesBeforeFault(chunk));
    }
    for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, at + 1)) line += 1;
    yield chunk;
  }
  try {
    checking.decode();
  } catch {
    throw lineProblem(line, null, "cutWithinCharacter");
  }
}

function linesBeforeFault(chunk: Uint8Array): number {
  let lines = 0;
  let start = 0;
  for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
    // The chunk may begin within a character, which is no fault of its first line.
    const first = start === 0 ? chunk.subarray(0, end).findIndex((byte) => (byte & 0xc0) !== 0x80) : start;
    if (!isUtf8(chunk.subarray(Math.max(first, 0), end))) return lines;
    lines += 1;
    start = end + 1;
  }
  return lines;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The encoding is a guess from the bytes, so the message says “looks like”. */
export function notUtf8(bytes: Uint8Array, line: number): DomainError {
  const name = encodingNames[chardet.detect(bytes.subarray(0, 65_536)) ?? ""];
  if (name === undefined) return lineProblem(line, null, "notUtf8");
  return lineProblem(line, null, "notUtf8Guess", { encoding: name });
}

const encodingNames: Readonly<Record<string, string>> = {
  GB18030: "GBK (GB18030)",
  Big5: "Big5",
  "EUC-JP": "EUC-JP",
  "EUC-KR": "EUC-KR",
  Shift_JIS: "Shift-JIS",
  "ISO-2022-JP": "ISO-2022-JP",
  "ISO-8859-1": "Latin-1 (ISO 8859-1)",
  "ISO-8859-2": "Latin-2 (ISO 8859-2)",
  "ISO-8859-5": "ISO 8859-5",
  "ISO-8859-7": "ISO 8859-7",
  "ISO-8859-9": "Latin-5 (ISO 8859-9)",
  "windows-1250": "Windows-1250",
  "windows-1251": "Windows-1251",
  "windows-1252": "Windows-1252",
  "windows-1253": "Windows-1253",
  "windows-1254": "Windows-1254",
  "KOI8-R": "KOI8-R",
};
