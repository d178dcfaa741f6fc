import { closeSync, mkdtempSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openLogFile } from "./log-file.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "touchstone-log-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("keeps what a log that has grown too large said last, beside the new one", () => {
  const file = join(folder, "logs", "api.log");
  const log = openLogFile(file);
  log.release(log.descriptor());
  writeFileSync(file, `${"x".repeat(10 * 1024 * 1024)}\nthe last words\n`);
  const descriptor = log.descriptor();
  writeSync(descriptor, "a new start\n");
  log.release(descriptor);
  expect(readFileSync(file, "utf8")).toBe("a new start\n");
  expect(readFileSync(`${file}.1`, "utf8")).toMatch(/the last words\n$/);
  expect(log.tail()).toBe("a new start");
});

it("is bounded while a process goes on writing, and what it said before is kept", () => {
  vi.useFakeTimers();
  const file = join(folder, "logs", "api.log");
  const descriptor = openLogFile(file).descriptor();
  try {
    writeSync(descriptor, `${"x".repeat(10 * 1024 * 1024)}\nwhat came first\n`);
    vi.advanceTimersByTime(60_000);
    writeSync(descriptor, "and then\n");
    vi.advanceTimersByTime(60_000);
    expect(readFileSync(file, "utf8")).toBe("and then\n");
    expect(readFileSync(`${file}.1`, "utf8")).toMatch(/what came first\n$/);
  } finally {
    closeSync(descriptor);
    vi.useRealTimers();
  }
});
