import { expect, it } from "vitest";
import { allPairs, pairsTogether } from "./pair-ways.ts";

const way = (name: "ring" | "all" | "chain" | "some", pairs = 3, seed = 1) => ({ way: name, pairs, seed });
const text = (pairs: readonly (readonly [number, number])[]) => pairs.map((pair) => pair.join("-")).join(" ");

it.each([
  ["all", 4, "0-1 0-2 0-3 1-2 1-3 2-3"],
  ["chain", 4, "0-1 1-2 2-3"],
  ["ring", 4, "0-1 1-2 2-3 3-0"],
  ["all", 2, "0-1"],
  ["chain", 2, "0-1"],
  ["some", 2, "0-1"],
  ["all", 1, ""],
  ["chain", 0, ""],
  ["some", 1, ""],
] as const)("in the way “%s” %i answers meet as %s", (name, answers, pairs) => {
  expect(text(pairsTogether(answers, way(name), "p"))).toBe(pairs);
});

it("draws as many different pairs as are wanted, and never more than there are", () => {
  for (const answers of [2, 3, 4, 5, 6, 9]) {
    for (const wanted of [1, 2, 5, 100]) {
      const drawn = pairsTogether(answers, way("some", wanted), "p");
      expect(drawn).toHaveLength(Math.min(wanted, allPairs(answers)));
      expect(new Set(drawn.map((pair) => pair.join("-")))).toHaveProperty("size", drawn.length);
      expect(drawn.every(([one, other]) => one < other && other < answers)).toBe(true);
    }
  }
});

it("draws the same pairs by the same seed, others by another or of another prompt, and each answer equally often", () => {
  const drawn = (seed: number, key: string) => text(pairsTogether(9, way("some", 9, seed), key));
  expect(drawn(7, "p")).toBe(drawn(7, "p"));
  expect(drawn(8, "p")).not.toBe(drawn(7, "p"));
  expect(drawn(7, "q")).not.toBe(drawn(7, "p"));
  const met = pairsTogether(9, way("some", 9, 7), "p").flat();
  for (let answer = 0; answer < 9; answer++) expect(met.filter((one) => one === answer)).toHaveLength(2);
});
