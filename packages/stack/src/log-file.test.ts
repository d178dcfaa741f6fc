import { mkdtempSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
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
