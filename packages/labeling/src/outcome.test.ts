import { describe, expect, it } from "vitest";
import { answerFor, type Outcome, outcomeOf, scoreFor, shownFirst } from "./outcome.ts";

const outcomes: Outcome[] = [-3, -2, -1, 0, 1, 2, 3];
const orders = [
  [0, 1],
  [1, 0],
];

describe("outcome", () => {
  it("reads step 1 as the left one much better, whichever stood there", () => {
    expect(outcomeOf({ choice: "graded", step: 1 }, [0, 1])).toBe(3);
    expect(outcomeOf({ choice: "graded", step: 1 }, [1, 0])).toBe(-3);
    expect(outcomeOf({ choice: "graded", step: 5 }, [0, 1])).toBe(-1);
  });

  it("is undone by answerFor in either order", () => {
    for (const order of orders)
      for (const outcome of outcomes) expect(outcomeOf(answerFor(outcome, order), order)).toBe(outcome);
  });

  it("counts a tie and both bad as 0 in either order", () => {
    for (const order of orders) {
      expect(outcomeOf({ choice: "graded", step: 4 }, order)).toBe(0);
      expect(outcomeOf({ choice: "both-bad" }, order)).toBe(0);
    }
  });

  it.each([[[]], [[0]], [[0, 0]], [[1, 2]], [[0, 1, 2]]])("refuses the shown order %j", (order) => {
    expect(() => shownFirst(order)).toThrow(RangeError);
  });

  it("scores a win 1, a tie one half and a loss 0 for either side", () => {
    expect([3, 0, -1].map((outcome) => scoreFor("a", outcome))).toEqual([1, 0.5, 0]);
    expect([3, 0, -1].map((outcome) => scoreFor("b", outcome))).toEqual([0, 0.5, 1]);
  });
});
