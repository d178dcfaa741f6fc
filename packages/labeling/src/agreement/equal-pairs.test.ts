import { type Answer, type QuestionKind, standardQuestion } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { type AnsweredTask, shareOfEqualPairs } from "./equal-pairs.ts";

const said = (kind: QuestionKind, answer: Answer, shownOrder = [0, 1]): AnsweredTask => {
  const question = standardQuestion(kind);
  return { questions: [question], answers: { [question.name]: answer }, shownOrder, completions: 2 };
};
const step = (of: number, shownOrder?: number[]) => said("preference", { choice: "graded", step: of }, shownOrder);

describe("the share of pairs of people who said the same", () => {
  it("is of which answer is better, by whichever side it stood on and however much", () => {
    expect(shareOfEqualPairs([step(1), step(3), step(6, [1, 0])])).toBe(1);
    expect(shareOfEqualPairs([step(2), step(2), step(6)])).toBeCloseTo(1 / 3);
    expect(shareOfEqualPairs([step(2), step(4)])).toBe(0);
  });

  it("is of each score, where answers are rated", () => {
    const score = (of: number) => said("rating", { choice: "rated", score: of }, [0]);
    expect(shareOfEqualPairs([score(4), score(4), score(5), score(5)])).toBeCloseTo(2 / 6);
  });

  it("is unknown where nobody, or one person, has answered, or what was asked has no measure", () => {
    expect(shareOfEqualPairs([])).toBeNull();
    expect(shareOfEqualPairs([step(2)])).toBeNull();
    expect(shareOfEqualPairs([said("text", { text: "one" }), said("text", { text: "one" })])).toBeNull();
  });
});
