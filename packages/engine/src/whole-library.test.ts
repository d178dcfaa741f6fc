import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isWholeLibrary } from "./whole-library.ts";

const built = join(import.meta.dirname, "../dist/native.node");

test.skipIf(process.platform !== "linux" || !existsSync(built))(
  "an accelerator that was cut off anywhere is known before the system maps it",
  () => {
    const whole = readFileSync(built);
    expect(isWholeLibrary(whole)).toBe(true);
    for (const length of [5, 64, 2_000, whole.length >> 1, whole.length - 5_000, whole.length - 1]) {
      expect(isWholeLibrary(whole.subarray(0, length)), `${length} bytes`).toBe(false);
    }
  },
);

test("what is no library of Linux's is left to the system", () => {
  expect(isWholeLibrary(new TextEncoder().encode("not a library"))).toBe(true);
});
