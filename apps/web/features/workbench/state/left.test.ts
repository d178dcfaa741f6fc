import { describe, expect, it } from "vitest";
import { leasedTask } from "./leased-task.fixture.ts";
import { leftOf, todayOf } from "./left.ts";
import { openingState, reduce, type WorkbenchEvent } from "./workbench-state.ts";

const none = { judgements: 0, skips: 0 };
const claimed = (here: { today: number; total: number; skipped: number }): WorkbenchEvent => ({
  type: "claimed",
  tasks: [leasedTask(1), leasedTask(2)],
  here,
  pending: none,
});
const item = (waiting: number, total: number, skipped = 0, today = 0) => ({
  projectId: leasedTask(1).projectId,
  name: "Answers",
  description: "",
  available: waiting - 2,
  waiting,
  today,
  total,
  skipped,
});

describe("the counter", () => {
  it("begins a fresh project with nothing done and everything waiting, whatever was done in others", () => {
    const work = reduce(openingState, claimed({ today: 0, total: 0, skipped: 0 }));
    expect(work.today).toBe(0);
    expect(leftOf(item(20, 0), work)).toBe(20);
  });

  it("does not move when the list is fetched anew, before or after the server has heard of a choice", () => {
    const opened = reduce(openingState, claimed({ today: 3, total: 5, skipped: 1 }));
    const answers = { preference: { choice: "graded", step: 4 } };
    const note = { flagged: false, comment: "" };
    const key = leasedTask(9).lease.id;
    const answered = reduce(opened, { type: "answered", key, answers, note, at: 0 });
    expect(answered.today).toBe(4);
    expect(leftOf(item(14, 5, 1, 3), answered)).toBe(13);
    expect(leftOf(item(13, 6, 1, 4), answered)).toBe(13);
    const skipped = reduce(answered, { type: "skipped", key, note, at: 0 });
    expect(skipped.today).toBe(4);
    expect(leftOf(item(13, 6, 1, 4), skipped)).toBe(12);
    expect(leftOf(item(12, 6, 2, 4), skipped)).toBe(12);
  });

  it("is not known before the server has said, and is nothing when nothing is left", () => {
    expect(leftOf(item(14, 5), openingState)).toBeNull();
    expect(leftOf(item(0, 5), { ...openingState, phase: "empty" })).toBe(0);
    expect(todayOf(openingState)).toBeNull();
    expect(todayOf(reduce(openingState, { type: "archived" }))).toBeNull();
    expect(todayOf(reduce(openingState, claimed({ today: 0, total: 3, skipped: 0 })))).toBe(0);
  });
});
