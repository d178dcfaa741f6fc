import type { Answer, Question } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { chosenPlace } from "./chosen-place.ts";
import { positionShare } from "./position-bias.ts";

describe("position bias", () => {
  it("of 60 in 100 is what R's binom.test and Wilson's interval give", () => {
    const share = positionShare(60, 100, 2);
    expect(share).toMatchObject({ value: 0.6, choices: 100, chance: 0.5 });
    expect(share.p).toBeCloseTo(0.05688793, 7);
    expect(share.low).toBeCloseTo(0.5020026, 6);
    expect(share.high).toBeCloseTo(0.6905987, 6);
  });

  it("is tested against one in four by the method of small p-values, as in R's help: 682 of 925 are no surprise at ¾", () => {
    // Those not chosen of Mendel's 925 peas: the test of 243 at ¼ is that of 682 at ¾.
    expect(positionShare(243, 925, 4).p).toBeCloseTo(0.3825, 4);
  });

  it("is symmetric for pairs, certain of nothing where half were first, and small where all were", () => {
    expect(positionShare(30, 100, 2).p).toBeCloseTo(positionShare(70, 100, 2).p, 12);
    expect(positionShare(50, 100, 2).p).toBeCloseTo(1, 10);
    expect(positionShare(10, 10, 2).p).toBeCloseTo(2 / 1024, 12);
    expect(positionShare(20_000, 20_000, 2)).toMatchObject({ value: 1, p: 0 });
  });

  it("has no share of no choices", () => {
    expect(() => positionShare(0, 0, 2)).toThrow(RangeError);
    expect(() => positionShare(3, 2, 2)).toThrow(RangeError);
  });
});

describe("the chosen place", () => {
  it.each<[Question["kind"], Answer, number | null]>([
    ["preference", { choice: "graded", step: 2 }, 0],
    ["preference", { choice: "graded", step: 7 }, 1],
    ["preference", { choice: "graded", step: 4 }, null],
    ["preference", { choice: "both-bad" }, null],
    ["best-worst", { best: 2, worst: 0 }, 2],
    ["ranking", { ranks: [2, 1, null] }, 1],
    ["ranking", { ranks: [1, 1, 2] }, null],
    ["rating", { choice: "rated", score: 5 }, null],
  ])("of a %s %o is %s", (kind, answer, place) => {
    expect(chosenPlace({ kind }, answer)).toBe(place);
  });
});
