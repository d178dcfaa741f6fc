import { expect, test } from "vitest";
import { bestOfNKl } from "./best-of-n.ts";

test("best of 2, 4, 16, 64 lies at most .1931, .6363, 1.8351, 3.1745 nats from the base", () => {
  expect(bestOfNKl(2)).toBeCloseTo(0.1931, 4);
  expect(bestOfNKl(4)).toBeCloseTo(0.6363, 4);
  expect(bestOfNKl(16)).toBeCloseTo(1.8351, 4);
  expect(bestOfNKl(64)).toBeCloseTo(3.1745, 4);
  expect(bestOfNKl(1)).toBe(0);
});
