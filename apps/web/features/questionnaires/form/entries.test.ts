import { QuestionnaireDraft } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { added, changed, entriesOf, moved, questionsOf, removed, sameQuestions } from "./entries.ts";

const two = added(added([], "preference"), "ranking");
const followed = changed(two, "q2", { when: { question: "q1", field: "step", is: [7] } });

const faultsOf = (entries: typeof two) =>
  QuestionnaireDraft.safeParse({ name: "own", questions: questionsOf(entries) }).error?.issues.map(
    ({ path, code }) => ({
      path: path.join("."),
      code,
    }),
  );

describe("questions that are being written", () => {
  it("start with names of their own and settings that the API takes", () => {
    const three = added(two, "preference");
    expect(three.map(({ name }) => name)).toEqual(["preference", "ranking", "preference-2"]);
    expect(new Set(three.map(({ key }) => key)).size).toBe(3);
    expect(faultsOf(added(added([], "preference"), "preference"))).toBeUndefined();
  });

  it("keep their keys when others come, go and move", () => {
    const less = removed(added(two, "rating"), "q1");
    expect(added(less, "rating").map(({ key }) => key)).toEqual(["q2", "q3", "q4"]);
    expect(moved(two, "q2", -1).map(({ key }) => key)).toEqual(["q2", "q1"]);
    expect(moved(two, "q1", -1)).toBe(two);
    expect(moved(two, "q2", 1)).toBe(two);
  });

  it("are followed up under any name, also through a moment in which two have the same", () => {
    const whenSent = (entries: typeof two) => questionsOf(entries)[1]?.when;
    expect(whenSent(followed)).toEqual({ question: "preference", field: "step", is: [7] });
    const twin = changed(followed, "q2", { name: "preference" });
    expect(whenSent(changed(twin, "q2", { name: "preference-of-both" }))?.question).toBe("preference");
    expect(whenSent(changed(changed(followed, "q1", { name: "" }), "q1", { name: "b" }))?.question).toBe("b");
  });

  it("of another kind have that kind's settings, and follow-ups want no more of them than an answer", () => {
    const otherwise = changed(followed, "q1", { kind: "ranking" });
    expect(otherwise[0]?.settings).toEqual({ ties: true, top: null });
    expect(questionsOf(otherwise)[1]?.when).toEqual({ question: "preference" });
  });

  it("that follow up on one that is gone, or comes later, are refused at that field", () => {
    const fault = { path: "questions.0.when.question", code: "custom" };
    expect(faultsOf(removed(followed, "q1"))).toEqual([fault]);
    expect(faultsOf(moved(followed, "q2", -1))).toEqual([fault]);
  });

  it("come back as a version has them, with settings that came to their kind since", () => {
    const again = entriesOf(questionsOf(followed));
    expect(sameQuestions(again, followed)).toBe(true);
    expect(again[1]?.when?.question).toBe("q1");
    const [question] = questionsOf(two);
    if (!question) throw new Error("no question");
    const [entry] = entriesOf([{ ...question, settings: { steps: 3 } }]);
    expect(entry?.settings).toEqual({ steps: 3, bothBad: true });
  });
});
