import { type Question, QuestionnaireDraft } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { wordsOf, wordsOfBefore } from "./words-of.ts";

const questions: Question[] = QuestionnaireDraft.parse({
  name: "own",
  questions: [
    { name: "a", kind: "choice", title: "Which?", settings: { options: ["glad", "sad"] } },
    { name: "b", kind: "aspects", settings: { aspects: ["accuracy", "glad"] } },
    { name: "c", kind: "preference", title: "Which?" },
  ],
}).questions;

describe("the words of a project's questions", () => {
  it("are titles and the names in lists, each once; a question in the words of its kind has none", () => {
    const asked = wordsOf([{ id: "q", name: "own", version: 1, questions }]);
    expect(asked).toEqual(["Which?", "glad", "sad", "accuracy"]);
  });

  it("keeps translated ones that only earlier versions ask", () => {
    const words = [
      { of: "glad", says: "高兴" },
      { of: "angry", says: "生气" },
    ];
    expect(wordsOfBefore(words, ["glad", "sad"])).toEqual([{ of: "angry", says: "生气" }]);
  });
});
