import { type Answer, contractOf, type Question, type QuestionKind, QuestionnaireDraft } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import type { JudgedTask } from "../judged-task.ts";
import { answersFault } from "./answers-fault.ts";
import { formsOf, measurementsOf } from "./kinds.ts";

/** Four answers, shown as c, a, d, b. */
const task: JudgedTask = {
  judgementId: "j",
  annotator: "p",
  shownOrder: [2, 0, 3, 1],
  promptId: "prompt",
  prompt: [{ role: "user", content: "?" }],
  split: "train",
  completions: ["a", "b", "c", "d"].map((completionId) => ({ completionId, text: `text of ${completionId}` })),
};
/** The same answers in their own order: what is said of it means the same. */
const inOrder: JudgedTask = { ...task, shownOrder: [0, 1, 2, 3] };

function asking(kind: QuestionKind, settings: object): Question {
  const questions = [{ name: "said", kind, settings }];
  const [question] = QuestionnaireDraft.parse({ name: "own", questions }).questions;
  if (!question) throw new Error("no question");
  return question;
}
const faultOf = (question: Question, answer: Answer, of = task) => answersFault([question], { said: answer }, of);
const settingsFault = (kind: QuestionKind, settings: object) =>
  contractOf(kind)
    .settings.safeParse(settings)
    .error?.issues.map(({ path }) => path.join("."));
const measured = (question: Question, answer: Answer, of = task) =>
  Object.fromEntries(measurementsOf(question, answer, of).map(({ unit, value }) => [unit, value]));

describe("a choice", () => {
  const one = asking("choice", { options: ["Ask", " Answer ", "Refuse"] });
  const some = asking("choice", { options: ["x", "y", "z"], multiple: true, least: 2, most: 2 });

  it("is of options that differ, without the blanks around them, and with bounds that can be met", () => {
    expect(one.settings.options).toEqual(["Ask", "Answer", "Refuse"]);
    expect(settingsFault("choice", {})).toEqual(["options"]);
    expect(settingsFault("choice", { options: ["x", "x "] })).toEqual(["options.1"]);
    expect(settingsFault("choice", { options: ["x", "  "] })).toEqual(["options.1"]);
    expect(settingsFault("choice", { options: ["x"] })).toEqual(["options"]);
    expect(settingsFault("choice", { options: ["x", "y"], most: 2 })).toEqual(["most"]);
    expect(settingsFault("choice", { options: ["x", "y"], multiple: true, least: 3 })).toEqual(["least"]);
    expect(settingsFault("choice", { options: ["x", "y"], multiple: true, most: 3 })).toEqual(["most"]);
  });

  it.each([
    ["an option that there is", one, ["Answer "], ["chosen", 0]],
    ["one option", one, ["Ask", "Refuse"], ["chosen"]],
    ["each option once", some, ["x", "x"], ["chosen"]],
    ["as many as the least", some, ["x"], ["chosen"]],
    ["no more than the most", some, ["x", "y", "z"], ["chosen"]],
  ])("wants %s", (_, question, chosen, path) => {
    expect(faultOf(question, { chosen })).toMatchObject({ path });
  });

  it("fits a prompt alone too, teaches nothing, and is measured by its option, or by each of several", () => {
    expect(faultOf(one, { chosen: ["Answer"] }, { ...task, shownOrder: [], completions: [] })).toBeNull();
    expect(formsOf(one, { chosen: ["Answer"] }, task)).toEqual([]);
    expect(measured(one, { chosen: ["Answer"] })).toEqual({ "": 1 });
    expect(faultOf(some, { chosen: ["z", "x"] })).toBeNull();
    expect(measured(some, { chosen: ["z", "x"] })).toEqual({ x: 1, y: 0, z: 1 });
  });
});

describe("ratings by aspect", () => {
  const five = asking("aspects", { aspects: ["truth", "constructor"] });
  const ratings = { truth: [1, 2, 3, 4], constructor: [5, 5, 5, 1] };

  it("are of aspects that differ, at least one", () => {
    expect(settingsFault("aspects", {})).toEqual(["aspects"]);
    expect(settingsFault("aspects", { aspects: [] })).toEqual(["aspects"]);
    expect(settingsFault("aspects", { aspects: ["x", "y", "x"] })).toEqual(["aspects.2"]);
    expect(settingsFault("aspects", { aspects: ["x"], steps: 6 })).toEqual(["steps"]);
  });

  it("teach each aspect of each answer as it stands in its own place", () => {
    expect(faultOf(five, { ratings })).toBeNull();
    const said = formsOf(five, { ratings }, task).map((form) =>
      form.kind === "rating" ? [form.aspect, form.completion.completionId, form.score] : [],
    );
    expect(said).toEqual([
      ["truth", "a", 2],
      ["truth", "b", 4],
      ["truth", "c", 1],
      ["truth", "d", 3],
      ["constructor", "a", 5],
      ["constructor", "b", 1],
      ["constructor", "c", 5],
      ["constructor", "d", 5],
    ]);
  });

  it("spread seven steps over the scale of five", () => {
    const seven = asking("aspects", { aspects: ["truth"], steps: 7 });
    const forms = formsOf(seven, { ratings: { truth: [1, 4, 7, 7] } }, inOrder);
    expect(forms.map((form) => form.kind === "rating" && form.score)).toEqual([1, 3, 5, 5]);
  });

  it("are measured by aspect and answer, whatever was shown where", () => {
    const same = { truth: [2, 4, 1, 3], constructor: [5, 1, 5, 5] };
    expect(measured(five, { ratings })).toEqual(measured(five, { ratings: same }, inOrder));
    expect(measured(five, { ratings })).toMatchObject({ "0 truth": 2, "1 constructor": 1 });
  });

  it.each([
    ["every aspect", { truth: [1, 2, 3, 4] }, ["ratings", "constructor"]],
    ["no other aspect", { ...ratings, tone: [1, 1, 1, 1] }, ["ratings", "tone"]],
    ["a score for each answer", { ...ratings, truth: [1, 2, 3] }, ["ratings", "truth"]],
    ["scores of its steps", { ...ratings, truth: [1, 2, 6, 4] }, ["ratings", "truth", 2]],
  ])("want %s", (_, given, path) => {
    expect(faultOf(five, { ratings: given })).toMatchObject({ path });
  });
});

describe("the best and the worst", () => {
  const question = asking("best-worst", {});

  it("are two of the answers shown", () => {
    expect(faultOf(question, { best: 2, worst: 0 })).toBeNull();
    expect(faultOf(question, { best: 2, worst: 2 })).toMatchObject({ path: ["worst"] });
    expect(faultOf(question, { best: 4, worst: 0 })).toMatchObject({ path: ["best"] });
    expect(faultOf(question, { best: 0, worst: 4 })).toMatchObject({ path: ["worst"] });
  });

  it("are pairs in canonical order, of which those between are none; only the best is to be imitated", () => {
    // Shown as c, a, d, b: the best is d, the worst c.
    const pairs = formsOf(question, { best: 2, worst: 0 }, task).map((form) =>
      form.kind === "comparison"
        ? [form.a.completionId, form.b.completionId, form.outcome, form.first, form.best ?? true, form.weight]
        : [],
    );
    expect(pairs).toEqual([
      ["a", "c", 2, "b", false, 0.5],
      ["a", "d", -2, "a", true, 0.5],
      ["b", "c", 2, "b", false, 0.5],
      ["b", "d", -2, "b", true, 0.5],
      ["c", "d", -2, "a", true, 0.5],
    ]);
  });

  it("are measured by pairs, whatever was shown where", () => {
    const values = measured(question, { best: 2, worst: 0 });
    expect(values).toEqual({ "0-1": 0, "0-2": 1, "0-3": -1, "1-2": 1, "1-3": -1, "2-3": -1 });
    expect(values).toEqual(measured(question, { best: 3, worst: 2 }, inOrder));
  });
});

describe("a number for each answer", () => {
  const tenths = asking("number", { min: -1, max: 1, step: 0.1 });

  it("is between bounds that leave room for its steps", () => {
    expect(asking("number", {}).settings).toEqual({ min: 0, max: 100, step: 1 });
    expect(settingsFault("number", { min: 5, max: 5 })).toEqual(["max"]);
    expect(settingsFault("number", { max: 1, step: 2 })).toEqual(["step"]);
    expect(settingsFault("number", { step: 0 })).toEqual(["step"]);
  });

  it.each([
    ["a number for each answer", [0, 0, 0], ["values"]],
    ["numbers between the bounds", [0, 0, 1.1, 0], ["values", 2]],
    ["numbers of its steps", [0, 0.25, 0, 0], ["values", 1]],
  ])("wants %s", (_, values, path) => {
    expect(faultOf(tenths, { values })).toMatchObject({ path });
  });

  it("teaches nothing, and is measured by answer, whatever was shown where", () => {
    const values = [0.3, -0.7, 1, 0.1];
    expect(faultOf(tenths, { values })).toBeNull();
    expect(formsOf(tenths, { values }, task)).toEqual([]);
    expect(measured(tenths, { values })).toEqual({ "0": -0.7, "1": 0.1, "2": 0.3, "3": 1 });
    expect(measured(tenths, { values: [-0.7, 0.1, 0.3, 1] }, inOrder)).toEqual(measured(tenths, { values }));
  });
});
