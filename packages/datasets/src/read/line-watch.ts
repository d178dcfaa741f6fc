import { lineProblem } from "./line-problem.ts";
import { longestRow } from "./utf8.ts";

const [newline, openBrace] = [0x0a, 0x7b];
const spaces = [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf];

/**
 * Looks at a file while it is sent: one that begins as an object does, plain and in UTF-8, has a row on each line, so that a line
 * longer than any row ends the sending at once, and not after the last byte of it has come. All else shows as it is read.
 *
 * @returns told of each chunk @throws DomainError invalid_line
 */
export function lineWatch(): (chunk: Uint8Array) => void {
  let isWatched: boolean | undefined;
  let line = 1;
  let length = 0;
  return (chunk) => {
    isWatched ??= beginsAsObject(chunk);
    if (isWatched !== true) return;
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      if (length + end - start > longestRow) throw lineProblem(line, null, "tooLongLine", { limit: longestRow });
      line += 1;
      length = 0;
      start = end + 1;
    }
    length += chunk.length - start;
    if (length > longestRow) throw lineProblem(line, null, "tooLongLine", { limit: longestRow });
  };
}

/** Undefined where nothing but space has come. */
function beginsAsObject(chunk: Uint8Array): boolean | undefined {
  const first = chunk.findIndex((byte) => !spaces.includes(byte));
  // UTF-16 has a zero behind each Latin sign, and more bytes than it will have when it is read.
  return first === -1 ? undefined : chunk[first] === openBrace && chunk[first + 1] !== 0;
}
