import { type Answer, standardQuestion } from "@touchstone/contracts";
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
const question = standardQuestion("ranking");
const topTwo = { ...question, settings: { ties: false, top: 2 } };
const ranked = (...ranks: (number | null)[]): Answer => ({ ranks });
const groupsOf = (answer: Answer) => {
  const [form] = formsOf(question, answer, task);
  if (form?.kind !== "ranking") throw new Error("no ranking");
  return { groups: form.groups.map((group) => group.map(({ completionId }) => completionId).sort()), rest: form.rest };
};

describe("a ranking", () => {
  it("is kept whole: groups of answers, the best first, those of one rank tied", () => {
    expect(groupsOf(ranked(1, 2, 3, 4))).toEqual({ groups: [["c"], ["a"], ["d"], ["b"]], rest: undefined });
    expect(groupsOf(ranked(4, 1, 9, 1))).toEqual({ groups: [["a", "b"], ["c"], ["d"]], rest: undefined });
  });

  it("says of the rest only that it is below", () => {
    expect(groupsOf(ranked(2, null, 1, null))).toEqual({ groups: [["d"], ["c"], ["a", "b"]], rest: true });
    // One alone is simply the last.
    expect(groupsOf(ranked(2, null, 1, 3))).toEqual({ groups: [["d"], ["c"], ["b"], ["a"]], rest: undefined });
  });

  it("measures each pair in canonical order, whatever was shown", () => {
    const values = Object.fromEntries(
      measurementsOf(question, ranked(4, 1, null, 1), task).map((m) => [m.unit, m.value]),
    );
    expect(values).toEqual({ "0-1": 0, "0-2": 1, "0-3": 1, "1-2": 1, "1-3": 1, "2-3": 1 });
  });

  it.each([
    ["a rank for each answer", question, ranked(1, 2, 3)],
    ["all answers ranked where no top is set", question, ranked(1, 2, 3, null)],
    ["as many ranked as the top", topTwo, ranked(1, null, null, null)],
    ["no ties where none are taken", topTwo, ranked(1, 1, null, null)],
  ])("wants %s", (_, asked, answer) => {
    expect(answersFault([asked], { ranking: answer }, task)).toMatchObject({ path: ["ranks"] });
  });

  it("may leave the rest where a top is set", () => {
    expect(answersFault([topTwo], { ranking: ranked(1, null, 2, null) }, task)).toBeNull();
  });
});
