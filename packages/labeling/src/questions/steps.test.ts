import { type Answer, type Question, QuestionnaireDraft } from "@touchstone/contracts";
import { expect, it } from "vitest";
import type { JudgedTask } from "../judged-task.ts";
import { answersFault } from "./answers-fault.ts";
import { formsOf, measurementsOf } from "./kinds.ts";

const task: JudgedTask = {
  judgementId: "j",
  annotator: "p",
  shownOrder: [0],
  promptId: "prompt",
  prompt: [{ role: "user", content: "2 + 2 + 2?" }],
  split: "train",
  completions: [{ completionId: "a", text: "2 + 2 = 4.\n\nThat is even.\n\n4 + 2 = 7." }],
};

function asking(settings: object): Question {
  const questions = [{ name: "said", kind: "steps" as const, settings }];
  const [question] = QuestionnaireDraft.parse({ name: "own", questions }).questions;
  if (!question) throw new Error("no question");
  return question;
}
const each = asking({});
const first = asking({ firstError: true });
const faultOf = (question: Question, said: Answer) => answersFault([question], { said }, task);
const verdicts = (question: Question, said: Answer) =>
  formsOf(question, said, task).map((form) => form.kind === "step-labels" && form.steps);

it("wants a label for each step, or the first error, as it was asked", () => {
  expect(faultOf(each, { choice: "labelled", labels: ["good", "neutral", "bad"] })).toBeNull();
  expect(faultOf(each, { choice: "labelled", labels: ["good"] })).toMatchObject({ path: ["labels"] });
  expect(faultOf(each, { choice: "no-error" })).toMatchObject({ path: ["choice"] });
  expect(faultOf(first, { choice: "labelled", labels: ["good", "good", "bad"] })).toMatchObject({ path: ["choice"] });
  expect(faultOf(first, { choice: "first-error", step: 2 })).toBeNull();
  expect(faultOf(first, { choice: "first-error", step: 3 })).toMatchObject({ path: ["step"] });
});

it("keeps each step with what was said of it; after the first error nothing was", () => {
  const [one, two, three] = ["2 + 2 = 4.", "That is even.", "4 + 2 = 7."];
  expect(verdicts(each, { choice: "labelled", labels: ["good", "neutral", "bad"] })).toEqual([
    [
      { text: one, verdict: "good" },
      { text: two, verdict: "neutral" },
      { text: three, verdict: "bad" },
    ],
  ]);
  expect(verdicts(first, { choice: "first-error", step: 1 })).toEqual([
    [
      { text: one, verdict: "good" },
      { text: two, verdict: "bad" },
    ],
  ]);
  expect(verdicts(first, { choice: "no-error" })).toEqual([
    [one, two, three].map((text) => ({ text, verdict: "good" })),
  ]);
});

it("compares annotators step by step, from bad to good", () => {
  expect(measurementsOf(each, { choice: "labelled", labels: ["good", "neutral", "bad"] }, task)).toEqual([
    { unit: "step 0", value: 2 },
    { unit: "step 1", value: 1 },
    { unit: "step 2", value: 0 },
  ]);
});
