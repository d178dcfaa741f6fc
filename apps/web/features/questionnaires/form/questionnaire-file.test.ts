import { standardQuestion } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { questionsOf } from "./entries.ts";
import { questionnaireFile, readQuestionnaireFile } from "./questionnaire-file.ts";

const better = { ...standardQuestion("preference"), name: "better" };
const why = { ...standardQuestion("ranking"), name: "why", required: false, when: { question: "better" } };

describe("a questionnaire as a file", () => {
  it("is read as what it was written from", () => {
    const read = readQuestionnaireFile(questionnaireFile({ name: "own", questions: [better, why] }));
    if (!("written" in read)) throw new Error("not read");
    expect(read.written.name).toBe("own");
    expect(questionsOf(read.written.entries)).toEqual([better, why]);
  });

  it("is filled up with what its questions leave out", () => {
    const read = readQuestionnaireFile(JSON.stringify({ questions: [{ name: "order", kind: "ranking" }] }));
    expect(read).toMatchObject({ written: { name: "", entries: [{ settings: { ties: true }, required: true }] } });
  });

  it.each([
    ["what is no JSON", "{", "questions", "field.required"],
    ["a list", "[]", "questions", "field.required"],
    ["a kind that there is not", '{"questions":[{"name":"a","kind":"poem"}]}', "questions.0.kind", "field.choice"],
    [
      "a follow-up of nothing",
      '{"questions":[{"name":"a","kind":"rating","when":{"question":"b"}}]}',
      "questions.0.when.question",
      "field.askedLater",
    ],
  ])("is refused as %s at the field that is wrong", (_, text, path, reason) => {
    expect(readQuestionnaireFile(text)).toMatchObject({ faults: [{ path, reason }] });
  });
});
