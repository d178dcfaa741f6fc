import { describe, expect, it } from "vitest";
import { type JudgementInContext, normalise } from "./normalise.ts";

const a = { completionId: "a", text: "one" };
const b = { completionId: "b", text: "two" };
const judged: JudgementInContext = {
  judgementId: "j",
  annotator: "p",
  kind: "answer",
  answer: { choice: "graded", step: 2 },
  shownOrder: [0, 1],
  superseded: false,
  surplus: false,
  repeat: false,
  promptId: "prompt",
  prompt: [{ role: "user", content: "?" }],
  split: "train",
  completions: [a, b],
};

describe("normalise", () => {
  it("keeps a and b in canonical order and says which stood first", () => {
    expect(normalise(judged)).toMatchObject({ form: { a, b, outcome: 2, first: "a", bothBad: false, weight: 1 } });
    expect(normalise({ ...judged, shownOrder: [1, 0] })).toMatchObject({ form: { a, b, outcome: -2, first: "b" } });
  });

  it("makes both bad a tie that is marked", () => {
    expect(normalise({ ...judged, answer: { choice: "both-bad" } })).toMatchObject({
      form: { kind: "comparison", outcome: 0, bothBad: true },
    });
  });

  it("makes a rating of one completion", () => {
    const rated = { ...judged, answer: { choice: "rated", score: 4 }, shownOrder: [0], completions: [b] } as const;
    expect(normalise(rated)).toMatchObject({ form: { kind: "rating", completion: b, score: 4 } });
  });

  it.each<[string, Partial<JudgementInContext>]>([
    ["retraction", { kind: "retraction", answer: null }],
    ["superseded", { superseded: true }],
    ["surplus", { surplus: true }],
    ["repeat", { repeat: true }],
    ["absent-text", { completions: [a, { completionId: "b", text: null }] }],
  ])("leaves out and names: %s", (leftOut, change) => {
    expect(normalise({ ...judged, ...change })).toEqual({ leftOut });
  });

  it("refuses a judgement whose completions do not fit its answer", () => {
    expect(() => normalise({ ...judged, completions: [a] })).toThrow(RangeError);
    expect(() => normalise({ ...judged, answer: { choice: "rated", score: 1 } })).toThrow(RangeError);
  });
});
