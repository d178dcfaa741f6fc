import type { Comparison } from "@touchstone/contracts";
import { expect, test } from "vitest";
import { rankingOf } from "./ranking-of.ts";

const answer = (text: string) => ({ completionId: text, text });
const pair: Comparison = {
  kind: "comparison",
  ...{ judgementId: "j", annotator: "w", promptId: "p", prompt: [], split: "train", weight: 1 },
  ...{ a: answer("x"), b: answer("y"), outcome: -3, bothBad: false, first: "a" },
};

test("a comparison is a ranking of two, the better one first, or both in one group", () => {
  expect(
    rankingOf(pair)
      .groups.flat()
      .map(({ text }) => text),
  ).toEqual(["y", "x"]);
  expect(rankingOf({ ...pair, outcome: 0 }).groups).toHaveLength(1);
});
