import { type Answer, type Question, standardQuestion } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import type { JudgedTask } from "../judged-task.ts";
import { answersFault } from "./answers-fault.ts";
import { formsOf, measurementsOf } from "./kinds.ts";

/** Two answers, the second shown first. */
const task: JudgedTask = {
  judgementId: "j",
  annotator: "p",
  shownOrder: [1, 0],
  promptId: "prompt",
  prompt: [{ role: "user", content: "?" }],
  split: "train",
  completions: [
    { completionId: "a", text: "text of a" },
    { completionId: "b", text: "text of b" },
  ],
};
const alone: JudgedTask = { ...task, shownOrder: [], completions: [] };
const asking = (kind: Question["kind"], settings = {}): Question => {
  const standard = standardQuestion(kind);
  return { ...standard, name: "said", settings: { ...standard.settings, ...settings } };
};
const faultOf = (question: Question, answer: Answer, of = task) => answersFault([question], { said: answer }, of);
const origin = { promptId: "prompt", prompt: task.prompt, split: "train", judgementId: "j", annotator: "p" };

describe("a text", () => {
  it("may be about the prompt alone, and teaches nothing", () => {
    const question = asking("text");
    expect(faultOf(question, { text: "Because." }, alone)).toBeNull();
    expect(formsOf(question, { text: "Because." }, alone)).toEqual([]);
    expect(measurementsOf(question, { text: "Because." }, task)).toEqual([]);
  });

  it.each([
    ["blank", asking("text"), " \n\u200b"],
    ["shorter than was asked", asking("text", { minLength: 5 }), "👍👍👍👍"],
    ["longer than was asked", asking("text", { maxLength: 4 }), "👍👍👍👍👍"],
    ["of several lines where one is asked", asking("text", { multiline: false }), "one\ntwo"],
  ])("is refused where it is %s", (_, question, text) => {
    expect(faultOf(question, { text })).toMatchObject({ question: "said", path: ["text"] });
  });

  it("counts characters as people do, an emoji as one", () => {
    const four = asking("text", { minLength: 4, maxLength: 4 });
    expect(faultOf(four, { text: "好的👍！" })).toBeNull();
  });
});

describe("a demonstration", () => {
  it("is a text to imitate, with whose it is", () => {
    const question = asking("demonstration");
    expect(faultOf(question, { text: "Tea." }, alone)).toBeNull();
    expect(formsOf(question, { text: "Tea." }, alone)).toEqual([{ kind: "demonstration", ...origin, text: "Tea." }]);
    expect(faultOf(question, { text: "" }, alone)).toMatchObject({ path: ["text"] });
  });
});

describe("a correction", () => {
  const question = asking("correction");

  it("is better than the answer it was made of, and a text to imitate", () => {
    const edited = { choice: "edited", place: 0, text: "text of b, put right" };
    expect(faultOf(question, edited)).toBeNull();
    expect(formsOf(question, edited, task)).toEqual([
      {
        kind: "comparison",
        ...origin,
        a: { completionId: "b", text: "text of b" },
        b: { completionId: "j/said", text: "text of b, put right" },
        outcome: -2,
        bothBad: false,
        first: "a",
        edited: "b",
        weight: 1,
      },
      { kind: "demonstration", ...origin, text: "text of b, put right" },
    ]);
  });

  it("may be that nothing needs correcting, and is said as such", () => {
    const right = { choice: "unchanged", place: 1 };
    expect(faultOf(question, right)).toBeNull();
    expect(formsOf(question, right, task)).toEqual([{ kind: "demonstration", ...origin, text: "text of a" }]);
    expect(faultOf(question, { choice: "edited", place: 0, text: "text of b" })).toMatchObject({ path: ["text"] });
  });

  it.each([
    ["place", { choice: "edited", place: 2, text: "more" }],
    ["place", { choice: "unchanged", place: 2 }],
    ["text", { choice: "edited", place: 0, text: "  " }],
  ])("is refused by its %s where the task has none such", (field, answer) => {
    expect(faultOf(question, answer)).toMatchObject({ path: [field] });
  });

  it("measures whether an answer needed correcting, whatever was shown where", () => {
    const turned = { ...task, shownOrder: [0, 1] };
    expect(measurementsOf(question, { choice: "edited", place: 0, text: "x" }, task)).toEqual([
      { unit: "1", value: 1 },
    ]);
    expect(measurementsOf(question, { choice: "unchanged", place: 1 }, turned)).toEqual([{ unit: "1", value: 0 }]);
  });
});

it("a judgement says something, though every question may be left out", () => {
  const optional = { ...asking("text"), required: false };
  expect(answersFault([optional], {}, task)).toMatchObject({ question: "said", path: [] });
});
