import { expect, test } from "vitest";
import { alignedMembers, combinedScore, differenceVariance } from "./ensemble.ts";

test("aligned members agree where they differ by a constant alone", () => {
  expect(alignedMembers([3, -1, 7], [2, -2, 6])).toEqual([3, 3, 3]);
});

test("mean, worst case and mean − ½·variance of 1, 2 and 6 are 3, 1 and −.5", () => {
  const members = [1, 2, 6]; // variance 7
  const by = (combine: "mean" | "worst" | "penalised") => combinedScore(members, { combine, penalty: 0.5 });
  expect([by("mean"), by("worst"), by("penalised")]).toEqual([3, 1, -0.5]);
});

test("the uncertainty of a pair ignores each member's constant for the prompt", () => {
  const [a, b] = [
    [1, 2, 3],
    [0, 2, 4],
  ];
  expect(differenceVariance(a, b)).toBe(1); // differences 1, 0, −1
  const shift = [100, -40, 7];
  const shifted = (scores: readonly number[]) => scores.map((score, member) => score + (shift[member] ?? 0));
  expect(differenceVariance(shifted(a), shifted(b))).toBe(1);
});
