import { expect, test } from "vitest";
import { countOf } from "./count.ts";

test("a number of tasks is written with k for a thousand and M for a million, and nothing else is one", () => {
  expect(["250", "10k", "10M"].map((text) => countOf("--tasks", text))).toEqual([250, 10_000, 10_000_000]);
  for (const text of ["", "0", "-1", "1.5M", "10m", "ten"]) expect(() => countOf("--tasks", text)).toThrow(/^--tasks/);
});
