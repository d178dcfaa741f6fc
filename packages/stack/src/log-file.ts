import { closeSync, mkdirSync, openSync, readFileSync, statSync, truncateSync } from "node:fs";
import { dirname } from "node:path";

const largestBytes = 10 * 1024 * 1024;
const lastLines = 12;

/** A file that a child process writes its output to; started afresh once it has grown past 10 MB. */
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
      if (sizeOf(file) > largestBytes) truncateSync(file);
      return openSync(file, "a", 0o600);
    },
    release: closeSync,
    tail: () => readFileSync(file, "utf8").trimEnd().split("\n").slice(-lastLines).join("\n"),
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
