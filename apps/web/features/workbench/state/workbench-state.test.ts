import { describe, expect, it } from "vitest";
import { leasedTask } from "./leased-task.fixture.ts";
import { openingState, reduce, type WorkbenchEvent, type WorkbenchState } from "./workbench-state.ts";

const [first, second, third] = [leasedTask(1), leasedTask(2), leasedTask(3)];
const tie = { choice: "graded", step: 4 } as const;
const claimed = (...tasks: (typeof first)[]): WorkbenchEvent => ({
  type: "claimed",
  tasks,
  today: 11,
  pending: 0,
});
const receipt = (next: typeof first | null, today = 12) => ({
  judgementId: first.taskId,
  surplus: false,
  created: true,
  next,
  today,
});
const after = (...events: WorkbenchEvent[]): WorkbenchState => events.reduce(reduce, openingState);
const onScreen = (state: WorkbenchState) => state.queue[0]?.taskId;

describe("the workbench", () => {
  it("shows the next task at the key press, before the server has heard of the choice", () => {
    const state = after(claimed(first, second), { type: "answered", key: "k1", answer: tie });
    expect(onScreen(state)).toBe(second.taskId);
    expect(state).toMatchObject({ today: 12, last: { ordinal: 12, judgementId: null, task: first } });
  });

  it("takes the next task from the acknowledgement, to the end of the queue and only once", () => {
    const acknowledged: WorkbenchEvent = { type: "acknowledged", key: "k1", receipt: receipt(third), pending: 0 };
    const state = after(
      claimed(first, second),
      { type: "answered", key: "k1", answer: tie },
      acknowledged,
      acknowledged,
    );
    expect(state.queue.map(({ taskId }) => taskId)).toEqual([second.taskId, third.taskId]);
    expect(state.last?.judgementId).toBe(first.taskId);
  });

  it("counts today's judgements with those that are still on their way", () => {
    const state = after(
      claimed(first, second, third),
      { type: "answered", key: "k1", answer: tie },
      { type: "answered", key: "k2", answer: tie },
      { type: "acknowledged", key: "k1", receipt: receipt(null, 12), pending: 1 },
    );
    expect(state).toMatchObject({ today: 13, last: { key: "k2", ordinal: 13, judgementId: null } });
  });

  it("comes back to the task that was on the screen, though older answers were acknowledged before the first claim", () => {
    const acknowledged: WorkbenchEvent = { type: "acknowledged", key: "k0", receipt: receipt(third), pending: 0 };
    expect(after(acknowledged, claimed(second, third)).queue).toEqual([second, third]);
  });

  it("is not empty while answers are on their way, since each may bring a next task", () => {
    expect(after({ type: "claimed", tasks: [], today: 0, pending: 1 }).phase).toBe("ready");
    expect(after({ type: "claimed", tasks: [], today: 0, pending: 0 }).phase).toBe("empty");
  });

  it("holds a task once, though it came back under another lease", () => {
    const again = { ...second, lease: third.lease };
    expect(after(claimed(first, second), claimed(again)).queue).toEqual([first, again]);
  });

  it("puts an undone task back on the screen, before the one that had replaced it", () => {
    const undone = { ...first, previous: tie };
    const state = after(
      claimed(first, second),
      { type: "answered", key: "k1", answer: tie },
      { type: "undone", task: undone },
    );
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
    expect(after({ type: "answered", key: "k", answer: tie })).toEqual(openingState);
  });
});
