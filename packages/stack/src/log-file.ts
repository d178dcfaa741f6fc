import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { devNull } from "node:os";
import { dirname } from "node:path";

const largestBytes = 10 * 1024 * 1024;
const lastLines = 12;

/**
 * A file that a child process writes its output to. Once it has grown past 10 MB the next start of the process begins a new
 * one and keeps this as FILE.1, in place of the one before: the last words before a crash are what anybody looks for.
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
