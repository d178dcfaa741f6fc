import { expect, test } from "vitest";
import { expectedBestOf } from "./best-of-n.ts";

test("the best of one is the mean, of all the maximum", () => {
  expect(expectedBestOf([3, 1, 2, 6], 1)).toBeCloseTo(3, 12);
  expect(expectedBestOf([3, 1, 2, 6], 4)).toBe(6);
});

test("the best of two is the mean over all pairs", () => {
  const scores = [0, 1, 1, 4, 7];
  const pairs = scores.flatMap((x, i) => scores.slice(i + 1).map((y) => Math.max(x, y)));
  expect(expectedBestOf(scores, 2)).toBeCloseTo(pairs.reduce((sum, best) => sum + best, 0) / pairs.length, 12);
});

test("more draws than there are answers are refused", () => {
  expect(() => expectedBestOf([1, 2], 3)).toThrow(/best of 3 can't be estimated from 2/);
});
