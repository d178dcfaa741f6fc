import { type Question, standardQuestion } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import type { JudgedTask } from "../judged-task.ts";
import { answersFault } from "./answers-fault.ts";

const pair: JudgedTask = {
  judgementId: "j",
  annotator: "p",
  shownOrder: [1, 0],
  promptId: "prompt",
  prompt: [{ role: "user", content: "?" }],
  split: "train",
  completions: [
    { completionId: "a", text: "one" },
    { completionId: "b", text: "two" },
  ],
};
const preference = standardQuestion("preference");
const better: Question = { ...preference, name: "better" };
const strong: Question = {
  ...preference,
  name: "truer",
  when: { question: "better", field: "step", is: [1, 7] },
};

describe("answers to the questions of a task", () => {
  it("fit where each asked question has an answer of its kind", () => {
    expect(answersFault([preference], { preference: { choice: "graded", step: 2 } }, pair)).toBeNull();
    expect(answersFault([preference], { preference: { choice: "both-bad" } }, pair)).toBeNull();
  });

  it("are refused where one is of another kind, missing, or to no question", () => {
    expect(answersFault([preference], { preference: { choice: "rated", score: 3 } }, pair)).toHaveProperty("error");
    expect(answersFault([preference], {}, pair)).toMatchObject({ question: "preference", path: [] });
    const other = { preference: { choice: "graded", step: 2 }, other: {} };
    expect(answersFault([preference], other, pair)).toMatchObject({ question: "other" });
  });

  it("are refused where a step is not among those of the question", () => {
    const coarse = { ...preference, settings: { steps: 2, bothBad: false } };
    expect(answersFault([coarse], { preference: { choice: "graded", step: 2 } }, pair)).toBeNull();
    expect(answersFault([coarse], { preference: { choice: "graded", step: 1 } }, pair)).toMatchObject({
      path: ["step"],
    });
    expect(answersFault([coarse], { preference: { choice: "both-bad" } }, pair)).toMatchObject({ path: ["choice"] });
  });

  it("answer a follow-up when it is asked, and only then", () => {
    const said = { choice: "graded", step: 3 };
    const much = { choice: "graded", step: 7 };
    expect(answersFault([better, strong], { better: said }, pair)).toBeNull();
    expect(answersFault([better, strong], { better: said, truer: said }, pair)).toMatchObject({ question: "truer" });
    expect(answersFault([better, strong], { better: much }, pair)).toMatchObject({ question: "truer" });
    expect(answersFault([better, strong], { better: much, truer: said }, pair)).toBeNull();
  });
});
