import { describe, expect, it } from "vitest";
import { leasedTask } from "./leased-task.fixture.ts";
import { openingState, reduce, type WorkbenchEvent, type WorkbenchState } from "./workbench-state.ts";

const [first, second, third] = [leasedTask(1), leasedTask(2), leasedTask(3)];
const none = { judgements: 0, skips: 0 };
const one = { judgements: 1, skips: 0 };
const note = { flagged: false, comment: "" };
const tie = { preference: { choice: "graded", step: 4 } };
const claimed = (...tasks: (typeof first)[]): WorkbenchEvent => ({
  type: "claimed",
  tasks,
  here: { today: 11, total: 30, skipped: 2 },
  pending: none,
});
const acknowledged = (key: string, next: typeof first | null, today = 12, pending = none): WorkbenchEvent => ({
  type: "acknowledged",
  key,
  judgementId: first.taskId,
  surplus: false,
  next,
  here: { today, total: 19 + today, skipped: 2 },
  pending,
});
const answered = (key: string): WorkbenchEvent => ({ type: "answered", key, answers: tie, note, at: 0 });
const after = (...events: WorkbenchEvent[]): WorkbenchState => events.reduce(reduce, openingState);
const onScreen = (state: WorkbenchState) => state.queue[0]?.taskId;

describe("the workbench", () => {
  it("shows the next task at the key press, before the server has heard of the choice", () => {
    const state = after(claimed(first, second), answered("k1"));
    expect(onScreen(state)).toBe(second.taskId);
    expect(state).toMatchObject({ today: 12, done: 33, last: { ordinal: 12, judgementId: null, task: first } });
  });

  it("takes the next task from the acknowledgement, to the end of the queue and only once", () => {
    const state = after(claimed(first, second), answered("k1"), acknowledged("k1", third), acknowledged("k1", third));
    expect(state.queue.map(({ taskId }) => taskId)).toEqual([second.taskId, third.taskId]);
    expect(state.last).toMatchObject({ judgementId: first.taskId });
  });

  it("counts today's judgements with those that are still on their way", () => {
    const state = after(
      claimed(first, second, third),
      answered("k1"),
      answered("k2"),
      acknowledged("k1", null, 12, one),
    );
    expect(state).toMatchObject({ today: 13, last: { key: "k2", ordinal: 13, judgementId: null } });
  });

  it("comes back to the task that was on the screen, though older answers were acknowledged before the first claim", () => {
    expect(after(acknowledged("k0", third), claimed(second, third)).queue).toEqual([second, third]);
  });

  it("is not empty while answers are on their way, since each may bring a next task", () => {
    expect(after({ type: "claimed", tasks: [], here: undefined, pending: one }).phase).toBe("ready");
    expect(after({ type: "claimed", tasks: [], here: undefined, pending: none }).phase).toBe("empty");
  });

  it("holds a task once, though it came back under another lease", () => {
    const again = { ...second, lease: third.lease };
    expect(after(claimed(first, second), claimed(again)).queue).toEqual([first, again]);
  });

  it("puts an undone task back on the screen, before the one that had replaced it", () => {
    const undone = { ...first, previousAnswers: tie };
    const state = after(claimed(first, second), answered("k1"), { type: "undone", task: undone });
    expect(state.queue).toEqual([undone, second]);
    expect(state).toMatchObject({ today: 11, last: null });
  });

  it("keeps the task on the screen in its place when a new claim renews its lease", () => {
    const renewed = { ...first, lease: { ...first.lease, expiresAt: "2026-11-23T13:00:00Z" } };
    expect(after(claimed(first, second), claimed(renewed, second, third)).queue).toEqual([renewed, second, third]);
  });

  it("keeps working on what it holds when a claim fails, and says so only with nothing left", () => {
    const error = new Error("away");
    expect(after(claimed(first), { type: "claim-failed", error }).phase).toBe("ready");
    expect(after({ type: "claim-failed", error })).toMatchObject({ phase: "failed", error });
  });

  it("drops what it no longer holds", () => {
    const state = after(claimed(first, second), { type: "lost", leaseIds: [first.lease.id], notice: "lease-ended" });
    expect(state).toMatchObject({ queue: [second], notice: "lease-ended" });
  });

  it("does nothing on a key without a task", () => {
    expect(after(answered("k"))).toEqual(openingState);
  });

  it("offers the undo of a skip as that of a judgement, and takes it off what is done and not off what was judged", () => {
    const said = { flagged: true, comment: "spam" };
    const skipped = after(claimed(first, second), { type: "skipped", key: "k1", note: said, at: 5 });
    expect(skipped).toMatchObject({ today: 11, done: 33, last: { kind: "skip", task: first, note: said } });
    const undone = reduce(skipped, { type: "undone", task: { ...first, note: said } });
    expect(undone).toMatchObject({ today: 11, done: 32, last: null });
    expect(onScreen(undone)).toBe(first.taskId);
  });
});
