import { expect, test } from "vitest";
import { warmth } from "./rule.ts";

test.each([
  ["", 0],
  ["A dog sat on a mat.", 0],
  ["They were happy. Happy, so happy!", 1],
  ["She smiled and hugged her friends.", 3],
  ["Unhappily, playfulness is a function.", 0],
])("“%s” has %i different words of warmth", (text, expected) => {
  expect(warmth(text)).toBe(expected);
});
