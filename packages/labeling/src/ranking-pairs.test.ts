import type { Ranking } from "@touchstone/contracts";
import { expect, test } from "vitest";
import { comparisonsOf } from "./ranking-pairs.ts";

const answer = (text: string) => ({ completionId: text, text });
const origin = { judgementId: "j", annotator: "w", promptId: "p", prompt: [], split: "train" as const, weight: 1 };
const ranking: Ranking = { kind: "ranking", ...origin, groups: [[answer("x")], [answer("y"), answer("z")]] };

test("a ranking of K gives all its pairs at weight 2/K, those of a group as ties", () => {
  const pairs = comparisonsOf([], [ranking]);
  expect(pairs.map(({ a, b, outcome }) => [a.text, b.text, outcome])).toEqual([
    ["x", "y", 2],
    ["x", "z", 2],
    ["y", "z", 0],
  ]);
  for (const { weight } of pairs) expect(weight).toBeCloseTo(2 / 3, 12);
  expect(new Set(pairs.map(({ judgementId }) => judgementId))).toHaveProperty("size", 3);
});

test("of two of the rest nothing is known, so they are no pair", () => {
  const pairs = comparisonsOf([], [{ ...ranking, groups: [[answer("x")], [answer("y"), answer("z")]], rest: true }]);
  expect(pairs.map(({ a, b, outcome }) => [a.text, b.text, outcome])).toEqual([
    ["x", "y", 2],
    ["x", "z", 2],
  ]);
});

test("comparisons stand before the pairs of rankings, and a ranking of two weighs what a comparison does", () => {
  const [pair] = comparisonsOf([], [{ ...ranking, groups: [[answer("x")], [answer("y")]] }]);
  if (!pair) throw new Error("a ranking of two has a pair");
  expect(pair.weight).toBe(1);
  expect(comparisonsOf([pair], [ranking])).toHaveLength(4);
  expect(comparisonsOf([pair], [ranking])[0]).toBe(pair);
});
