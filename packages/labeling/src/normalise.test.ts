import { standardQuestion } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { type JudgementInContext, normalise } from "./normalise.ts";

const a = { completionId: "a", text: "one" };
const b = { completionId: "b", text: "two" };
const judged: JudgementInContext = {
  judgementId: "j",
  annotator: "p",
  kind: "answer",
  questions: [standardQuestion("preference")],
  answers: { preference: { choice: "graded", step: 2 } },
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
    expect(normalise(judged)).toMatchObject({
      forms: [{ a, b, outcome: 2, first: "a", bothBad: false, weight: 1 }],
    });
    expect(normalise({ ...judged, shownOrder: [1, 0] })).toMatchObject({
      forms: [{ a, b, outcome: -2, first: "b" }],
    });
  });

  it("makes both bad a tie that is marked", () => {
    expect(normalise({ ...judged, answers: { preference: { choice: "both-bad" } } })).toMatchObject({
      forms: [{ kind: "comparison", outcome: 0, bothBad: true }],
    });
  });

  it("makes a rating of one completion", () => {
    const rated = {
      ...judged,
      questions: [standardQuestion("rating")],
      answers: { rating: { choice: "rated", score: 4 } },
      shownOrder: [0],
      completions: [b],
    };
    expect(normalise(rated)).toMatchObject({ forms: [{ kind: "rating", completion: b, score: 4 }] });
  });

  it.each<[string, Partial<JudgementInContext>]>([
    ["retraction", { kind: "retraction", answers: null }],
    ["superseded", { superseded: true }],
    ["surplus", { surplus: true }],
    ["repeat", { repeat: true }],
    ["absent-text", { completions: [a, { completionId: "b", text: null }] }],
  ])("leaves out and names: %s", (leftOut, change) => {
    expect(normalise({ ...judged, ...change })).toEqual({ leftOut });
  });

  it("refuses a judgement whose completions do not fit its answer", () => {
    expect(() => normalise({ ...judged, completions: [a] })).toThrow(RangeError);
    const rated = { questions: [standardQuestion("rating")], answers: { rating: { choice: "rated", score: 1 } } };
    expect(() => normalise({ ...judged, ...rated })).toThrow(RangeError);
  });
});
