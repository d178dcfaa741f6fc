import type { DomainError } from "@touchstone/contracts";
import { lineProblem } from "./line-problem.ts";
import { decodeUtf8, longestRow } from "./utf8.ts";

export interface Line {
  /** Counted from 1, blank lines included, as editors do. */
  readonly number: number;
  readonly text: string;
}

const newline = 0x0a;

/**
 * Lines of UTF-8 text, without their ends (LF or CRLF) and without a leading byte order mark; blank lines are left out.
 *
 * @throws DomainError invalid_line for what is not UTF-8, or a line beyond `longestRow` bytes.
 */
export async function* readLines(source: AsyncIterable<Uint8Array>, longest = longestRow): AsyncGenerator<Line> {
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let number = 0;

  const take = (end: Uint8Array): Line | undefined => {
    number += 1;
    const bytes = pending.length === 0 ? end : Buffer.concat([...pending, end]);
    pending = [];
    pendingBytes = 0;
    const text = decodeUtf8(bytes, number);
    return text.trim() === "" ? undefined : { number, text };
  };

  for await (const chunk of source) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      if (pendingBytes + end - start > longest) throw tooLong(number + 1, longest);
      if (end === start && pendingBytes === 0) {
        // An empty line is not worth a decoding: a hostile file has nothing else.
        number += 1;
      } else {
        const line = take(chunk.subarray(start, end));
        if (line) yield line;
      }
      start = end + 1;
    }
    if (start === chunk.length) continue;
    pending.push(chunk.subarray(start));
    pendingBytes += chunk.length - start;
    if (pendingBytes > longest) throw tooLong(number + 1, longest);
  }
  if (pendingBytes > 0) {
    const line = take(new Uint8Array(0));
    if (line) yield line;
  }
}

function tooLong(line: number, longest: number): DomainError {
  return lineProblem(line, null, "tooLongLine", { limit: longest });
}
