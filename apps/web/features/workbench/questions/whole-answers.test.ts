import { type Answer, type LeasedTask, standardQuestion } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { leasedTask } from "../state/leased-task.fixture.ts";
import { preference } from "./preference.ts";
import { wholeAnswers } from "./whole-answers.ts";

const much: Answer = { choice: "graded", step: 7 };
const slightly: Answer = { choice: "graded", step: 5 };
const pair = standardQuestion("preference");
const better = { ...pair, name: "better" };
const kinder = { ...pair, name: "kinder", required: false };
const why = { ...pair, name: "why", when: { question: "better", field: "step", is: [1, 7] } };
const longer = { ...pair, name: "longer" };
const task = (questions: LeasedTask["questions"]): LeasedTask => ({ ...leasedTask(0), questions });
const several = task([better, kinder, why, longer]);
const after = (drafts: Record<string, Answer>, of = several) => {
  const { lacking, current } = wholeAnswers(of, drafts, () => preference);
  return [lacking?.name, current?.name];
};

describe("which question single keys mean", () => {
  it("is the first that wants an answer, follow-ups once they are asked", () => {
    expect(after({})).toEqual(["better", "better"]);
    expect(after({ better: slightly })).toEqual(["longer", "longer"]);
    expect(after({ better: much })).toEqual(["why", "why"]);
  });

  it("is one that may be left out once no other is open, and none after that", () => {
    expect(after({ better: slightly, longer: much })).toEqual([undefined, "kinder"]);
    expect(after({ better: slightly, longer: much, kinder: much })).toEqual([undefined, undefined]);
  });

  it("is the only question also when it has its answer, so that what an undo brings back can be changed", () => {
    expect(after({ better: much }, task([better]))).toEqual([undefined, "better"]);
  });
});
