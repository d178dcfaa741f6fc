import { TextDecoder } from "node:util";
import type { DomainError, ReasonWord } from "@touchstone/contracts";
import chardet from "chardet";
import { fileProblem } from "./line-problem.ts";

export type FileEncoding = "utf-8" | "utf-16le" | "utf-16be" | "gb18030";

/**
 * The encoding of a file by its beginning: a byte order mark, or the zero bytes that UTF-16 has beside every Latin letter. That it
 * is sound UTF-8 shows as it is read.
 *
 * @param mayGuess whether what is no UTF-8 may be taken for GB18030, as somebody is told of it
 * @throws DomainError invalid_line for what is no text
 */
export function encodingOf(head: Buffer, mayGuess = true): { encoding: FileEncoding; mark: number } {
  if (startsWith(head, [0xff, 0xfe, 0, 0]) || startsWith(head, [0, 0, 0xfe, 0xff])) throw notText("utf32");
  if (startsWith(head, [0xff, 0xfe])) return { encoding: "utf-16le", mark: 2 };
  if (startsWith(head, [0xfe, 0xff])) return { encoding: "utf-16be", mark: 2 };
  if (startsWith(head, [0xef, 0xbb, 0xbf])) return { encoding: "utf-8", mark: 3 };
  const zeros = [0, 0];
  for (let place = 0; place < Math.min(head.length, 4096); place += 1) {
    if (head[place] === 0) zeros[place % 2] = (zeros[place % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros;
  if (even === 0 && odd === 0) return { encoding: mayGuess && isGb18030(head) ? "gb18030" : "utf-8", mark: 0 };
  if (even === 0 && odd > 1 && head[1] === 0) return { encoding: "utf-16le", mark: 0 };
  if (odd === 0 && even > 1 && head[0] === 0) return { encoding: "utf-16be", mark: 0 };
  throw notText("binary");
}

/** Whether a file that begins as no UTF-8 does is written as Chinese systems write it. A guess, so the receipt says it. */
function isGb18030(head: Buffer): boolean {
  try {
    // The head may end within a character.
    new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    return false;
  } catch {
    return chardet.detect(head) === "GB18030";
  }
}

/**
 * The file as UTF-8, without a byte order mark. UTF-16, as Excel and Windows write it, and GB18030 are turned into it.
 * @throws DomainError invalid_line for broken UTF-16 or GB18030
 */
export async function* asUtf8(
  source: AsyncIterable<Uint8Array>,
  { encoding, mark }: ReturnType<typeof encodingOf>,
): AsyncGenerator<Uint8Array> {
  let skip = mark;
  const decoder = encoding === "utf-8" ? null : new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  for await (const chunk of source) {
    const bytes = chunk.subarray(skip);
    skip -= chunk.length - bytes.length;
    if (decoder === null) yield bytes;
    else yield Buffer.from(decoded(decoder, encoding, bytes), "utf8");
  }
  if (decoder !== null) yield Buffer.from(decoded(decoder, encoding), "utf8");
}

function decoded(decoder: TextDecoder, encoding: FileEncoding, bytes?: Uint8Array): string {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch {
    throw notText(encoding === "gb18030" ? "damagedGb18030" : "damagedUtf16");
  }
}

function startsWith(head: Buffer, bytes: readonly number[]): boolean {
  return bytes.every((byte, place) => head[place] === byte);
}

function notText(kind: ReasonWord): DomainError {
  return fileProblem("fileEncoding", { kind });
}
