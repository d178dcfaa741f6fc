import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
} from "node:fs";
import { devNull } from "node:os";
import { dirname } from "node:path";

const largestBytes = 10 * 1024 * 1024;
const lastLines = 12;
/** How often the size is looked at while a process writes, in ms. */
const everyMs = 60_000;

/**
 * A file that a child process writes its output to. Once it has grown past 10 MB, what it holds goes to FILE.1, in place of
 * what was there before: the last words before a crash are what anybody looks for. At a start of the process the file itself
 * is moved; while it runs, what it has written is copied, and it goes on writing into the emptied file.
 */
export interface LogFile {
  /** A new descriptor to hand to a child process; closed by `release`, since the child holds its own copy. */
  descriptor(): number;
  release(descriptor: number): void;
  /** The last lines, for an error message. */
  tail(): string;
}

export function openLogFile(file: string): LogFile {
  mkdirSync(dirname(file), { recursive: true });
  setInterval(() => keepBounded(file), everyMs).unref();
  return {
    descriptor() {
      if (sizeOf(file) > largestBytes) renameSync(file, `${file}.1`);
      try {
        return openSync(file, "a", 0o600);
      } catch {
        // No room for the file itself: the process is worth more than its log.
        return openSync(devNull, "w");
      }
    },
    release: closeSync,
    tail: () => readFileSync(file, "utf8").trimEnd().split("\n").slice(-lastLines).join("\n"),
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** The child's descriptor appends, so that it goes on at the new end; a line that it writes in between may be lost. */
function keepBounded(file: string): void {
  if (sizeOf(file) <= largestBytes) return;
  try {
    copyFileSync(file, `${file}.1`);
    truncateSync(file);
  } catch {
    // No room for a copy: rather a large log than an emptied one.
  }
}
