import { expect, it } from "vitest";
import { pairsOf } from "./ring.ts";

it("lets each answer meet its neighbours once, and two of them each other once", () => {
  expect([0, 1, 2, 3, 4].map(pairsOf)).toEqual([
    [],
    [],
    [[0, 1]],
    [
      [0, 1],
      [1, 2],
      [2, 0],
    ],
    [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 0],
    ],
  ]);
});
