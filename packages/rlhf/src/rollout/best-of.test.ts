import { expect, test } from "vitest";
import { bestOf } from "./best-of.ts";

test("of every n neighbours the best is kept, the first of equals, and the last group may be smaller", () => {
  const items = ["bb", "a", "dd", "cc", "eee"];
  expect(bestOf(items, 2, (item) => item.length)).toEqual(["bb", "dd", "eee"]);
  expect(bestOf(items, 1, (item) => item.length)).toEqual(items);
  expect(bestOf(items, 5, (item) => item.length)).toEqual(["eee"]);
});
