import { type Answer, contractOf, type Question, QuestionnaireDraft } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import type { JudgedTask } from "../judged-task.ts";
import { answersFault } from "./answers-fault.ts";
import { formsOf, measurementsOf } from "./kinds.ts";
import { mqmScore, spanScores } from "./mqm-score.ts";

/** Two answers, shown the other way round; the first shown has four code points, of which one is two units. */
const task: JudgedTask = {
  judgementId: "j",
  annotator: "p",
  shownOrder: [1, 0],
  promptId: "prompt",
  prompt: [{ role: "user", content: "?" }],
  split: "train",
  completions: [
    { completionId: "a", text: "text of a" },
    { completionId: "b", text: "是😀吗？" },
  ],
};

function asking(settings: object): Question {
  const questions = [{ name: "said", kind: "spans" as const, settings }];
  const [question] = QuestionnaireDraft.parse({ name: "own", questions }).questions;
  if (!question) throw new Error("no question");
  return question;
}
const question = asking({ categories: ["Meaning", "Style"], notes: true });
const faultOf = (answer: Answer, of = question, about = task) => answersFault([of], { said: answer }, about);
const mark = (change: object = {}) => ({
  place: 0,
  start: 1,
  end: 2,
  category: "Meaning",
  severity: "minor",
  ...change,
});
const marked = (change: object = {}, clean = [1]): Answer => ({ spans: [mark(change)], clean });

describe("what is marked", () => {
  it("lies in a text of that many code points, or is all of it", () => {
    expect(faultOf(marked())).toBeNull();
    expect(faultOf(marked({ start: 0, end: 4 }))).toBeNull();
    expect(faultOf(marked({ start: null, end: null }))).toBeNull();
  });

  it.each([
    ["an answer that is shown", { place: 2 }, "place"],
    ["a stretch that ends in the text", { end: 5 }, "end"],
    ["a stretch of something", { start: 2 }, "end"],
    ["an end behind the beginning", { start: 3 }, "end"],
    ["both ends", { start: null }, "start"],
    ["both ends or none", { end: null }, "end"],
    ["a category that there is", { category: "meaning" }, "category"],
    ["a severity that there is", { severity: "mild" }, "severity"],
  ])("wants %s", (_, change, field) => {
    expect(faultOf(marked(change))).toMatchObject({ path: ["spans", 0, field] });
  });

  it("has no halves of code points, no blank notes and no fields that there are not", () => {
    for (const change of [{ start: 0.5 }, { note: "" }, { weight: 1 }, { start: -1 }]) {
      expect(faultOf(marked(change))).toHaveProperty("error");
    }
    expect(faultOf(marked({ note: "否定丢了" }))).toBeNull();
  });

  it("has a note, or is all of an answer, only where the question takes that", () => {
    const strict = asking({ categories: ["Meaning"], missing: false, most: 1 });
    expect(faultOf(marked({ note: "x" }), strict)).toMatchObject({ path: ["spans", 0, "note"] });
    expect(faultOf(marked({ start: null, end: null }), strict)).toMatchObject({ path: ["spans", 0, "start"] });
    expect(faultOf({ spans: [mark(), mark({ end: 3 })], clean: [1] }, strict)).toMatchObject({ path: ["spans"] });
  });
});

describe("that nothing is wrong", () => {
  it("is said of each answer, and never by saying nothing", () => {
    expect(faultOf({ spans: [], clean: [0, 1] })).toBeNull();
    expect(faultOf({ spans: [], clean: [] })).toMatchObject({ path: ["clean"] });
    expect(faultOf(marked({}, []))).toMatchObject({ path: ["clean"], message: expect.stringContaining("place 1") });
  });

  it("is not said of an answer that has a mark, that is not there, or twice", () => {
    expect(faultOf(marked({}, [0, 1]))).toMatchObject({ path: ["clean", 0] });
    expect(faultOf(marked({}, [1, 2]))).toMatchObject({ path: ["clean", 1] });
    expect(faultOf(marked({}, [1, 1]))).toMatchObject({ path: ["clean", 1] });
  });

  it("need not be said where one answer is enough, nor of an absent text", () => {
    const one = asking({ categories: ["Meaning"], every: false });
    expect(faultOf(marked({}, []), one)).toBeNull();
    expect(faultOf({ spans: [], clean: [] }, one)).toMatchObject({ path: ["clean"] });
    const [a, b] = task.completions;
    const absent = {
      ...task,
      completions: [{ completionId: "a", text: null }, b ?? a].filter((one) => one !== undefined),
    };
    expect(faultOf(marked({}, []), question, absent)).toBeNull();
    expect(faultOf(marked({}, [1]), question, absent)).toMatchObject({ path: ["clean", 0] });
  });
});

describe("settings of spans", () => {
  const faults = (settings: object) =>
    contractOf("spans")
      .settings.safeParse(settings)
      .error?.issues.map(({ path }) => path.join("."));

  it("want categories, and have the severities of MQM where nothing else is said", () => {
    expect(faults({})).toEqual(["categories"]);
    expect(question.settings.severities).toEqual([
      { name: "neutral", weight: 0 },
      { name: "minor", weight: 1 },
      { name: "major", weight: 5 },
      { name: "critical", weight: 25 },
    ]);
  });

  it("name each severity once, and weigh what there is once", () => {
    const severities = [
      { name: "x", weight: 1 },
      { name: "x ", weight: 2 },
    ];
    expect(faults({ categories: ["c"], severities })).toEqual(["severities.1.name"]);
    const weights = [
      { category: "c", severity: "minor", weight: 0.1 },
      { category: "c", severity: "minor", weight: 0.2 },
      { category: "d", severity: "mild", weight: 0.2 },
    ];
    expect(faults({ categories: ["c"], weights })).toEqual([
      "weights.1.severity",
      "weights.2.category",
      "weights.2.severity",
    ]);
  });
});

describe("the score of MQM", () => {
  const weights = {
    severities: [
      { name: "Minor", weight: 1 },
      { name: "Major", weight: 5 },
    ],
    weights: [
      { category: "Fluency/Punctuation", severity: "Minor", weight: 0.1 },
      { category: "Non-translation!", severity: "Major", weight: 25 },
    ],
  };
  const of = (category: string, severity: string) => ({ category, severity });

  it("is the sum of the weights, a category's own before its severity's, in decimal fractions", () => {
    const commas = Array.from({ length: 3 }, () => of("Fluency/Punctuation", "Minor"));
    expect(mqmScore([], weights)).toBe(0);
    expect(mqmScore(commas, weights)).toBe(0.3);
    expect(mqmScore([...commas, of("Fluency/Punctuation", "Major"), of("Accuracy", "Minor")], weights)).toBe(6.3);
    expect(mqmScore([of("Non-translation!", "Major")], weights)).toBe(25);
    expect(() => mqmScore([of("Accuracy", "mild")], weights)).toThrow(RangeError);
  });

  it("is none of an answer of which nothing was said, and what annotators are compared by", () => {
    const settings = { severities: [{ name: "minor", weight: 2 }], weights: [] };
    expect(spanScores({ spans: [mark(), mark({ end: 3 })], clean: [2] }, settings, 4)).toEqual([4, null, 0, null]);
    const measured = measurementsOf(question, marked({ severity: "major" }), task);
    expect(measured).toEqual([
      { unit: "0", value: 0 },
      { unit: "1", value: 5 },
    ]);
    expect(formsOf(question, marked(), task)).toEqual([]);
  });
});
