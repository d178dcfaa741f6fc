import { expect, it } from "vitest";
import { bestOfEach } from "./answers-of.ts";

it("chooses of each prompt's answers the one with the highest score, the first of equals", () => {
  expect(bestOfEach([0.1, 0.4, 0.2, -3, -1, -1], 3)).toEqual([1, 4]);
  expect(bestOfEach([2, 2, 1, 5], 2)).toEqual([0, 3]);
  expect(bestOfEach([], 4)).toEqual([]);
});
