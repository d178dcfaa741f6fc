import { TextDecoder } from "node:util";
import { DomainError } from "@touchstone/contracts";
import { lineProblem } from "./line-problem.ts";

export interface Line {
  /** Counted from 1, blank lines included, as editors do. */
  readonly number: number;
  readonly text: string;
}

/** Longer than any row of text that people could judge; without a bound one line could fill the memory. */
const longestLine = 16 * 2 ** 20;

const newline = 0x0a;

/**
 * Lines of UTF-8 text, without their ends (LF or CRLF) and without a leading byte order mark; blank lines are left out.
 *
 * @throws DomainError invalid_line for another encoding, broken UTF-8 or a line beyond `longestLine` bytes.
 */
export async function* readLines(source: AsyncIterable<Uint8Array>, longest = longestLine): AsyncGenerator<Line> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let number = 0;

  const take = (end: Uint8Array): Line | undefined => {
    number += 1;
    const bytes = pending.length === 0 ? end : Buffer.concat([...pending, end]);
    pending = [];
    pendingBytes = 0;
    if (number === 1) refuseUtf16(bytes);
    const text = decode(decoder, bytes, number);
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

/** TextDecoder drops the byte order mark of each line it decodes; only the first line can have one. */
function decode(decoder: TextDecoder, bytes: Uint8Array, line: number): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw lineProblem(line, null, "is not valid UTF-8. Save the file as UTF-8.");
  }
}

function refuseUtf16(bytes: Uint8Array): void {
  const marked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (marked || bytes[0] === 0 || bytes[1] === 0) {
    throw new DomainError("invalid_line", "The file is UTF-16 or binary. Save it as UTF-8.", { path: "lines.1" });
  }
}

function tooLong(line: number, longest: number): DomainError {
  return lineProblem(line, null, `is longer than ${longest} bytes. One row stands on one line.`);
}
