import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { much, tie } from "./desk.fixture.ts";
import { world } from "./desk-world.fixture.ts";
import { leasedTask } from "./leased-task.fixture.ts";

describe("the tasks that come to the workbench", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("does not show a task again that the server hands out anew before it hears of the answer", async () => {
    const { session, line, judged, forgetLeases, pass } = world(2);
    await session.open();
    await pass(500);
    line.up = false;
    session.judge(much, "keyboard");
    await pass(500);
    session.judge(tie, "keyboard");
    await pass(500);
    forgetLeases();
    line.up = true;
    session.retry();
    await pass(100);
    expect(judged.size).toBe(2);
    expect(session.read().work).toMatchObject({ queue: [], phase: "empty" });
  });

  it("shows a task once more that the server hands out after it has heard of the answer, to see whether it is the same", async () => {
    const { session, held, released, pass } = world(2);
    await session.open();
    await pass(500);
    for (const choice of [much, tie]) {
      session.judge(choice, "keyboard");
      await pass(500);
    }
    const first = leasedTask(1);
    const again = { ...first, lease: { ...first.lease, id: leasedTask(9).lease.id } };
    held.set(again.lease.id, again);
    await session.claim();
    expect(session.read().work.queue.map(({ lease }) => lease.id)).toEqual([again.lease.id]);
    expect(released).toEqual([]);
  });

  it("skips again what was skipped under a lease that has ended, so that nobody waits for it", async () => {
    const { session, line, held, forgetLeases, pass } = world(2);
    await session.open();
    await pass(500);
    line.up = false;
    session.skip();
    await pass(500);
    const again = forgetLeases();
    line.up = true;
    session.retry();
    await pass(1_000);
    expect([...held.keys()]).not.toContain(again.lease.id);
    expect(session.read().work.queue.map(({ taskId }) => taskId)).not.toContain(again.taskId);
  });

  it("shows a task that an undo without an answer has brought back, and does not give it away", async () => {
    const { session, line, released, pass } = world(2);
    await session.open();
    await pass(500);
    session.judge(much, "keyboard");
    await pass(500);
    line.losesAnswers = true;
    await session.undo();
    session.judge(tie, "keyboard");
    await pass(1_000);
    await session.claim();
    expect(session.read().work.queue.map(({ taskId }) => taskId)).toEqual([leasedTask(1).taskId]);
    expect(released).toEqual([]);
  });

  it("gives the spare task back when nobody is there, and takes a new one when somebody is", async () => {
    const { session, released, held, pass } = world();
    await session.open();
    await pass(500);
    await pass(6 * 60_000);
    session.tick();
    await pass(10);
    expect(released).toEqual([leasedTask(2).lease.id]);
    held.clear();
    session.activity();
    await pass(10);
    expect(session.read().work.notice).toBe("lease-ended");
    expect(session.read().work.queue.map(({ taskId }) => taskId)).toEqual([leasedTask(3).taskId, leasedTask(4).taskId]);
  });

  it("says of a task that was deleted under somebody that it was withdrawn, and goes on with the next", async () => {
    const { session, withdraw, pass } = world();
    await session.open();
    await pass(500);
    await pass(6 * 60_000);
    session.tick();
    withdraw(leasedTask(1));
    session.activity();
    await pass(10);
    expect(session.read().work.notice).toBe("withdrawn");
    expect(session.read().work.queue.map(({ taskId }) => taskId)).not.toContain(leasedTask(1).taskId);
  });

  it("keeps a task that was written about when an undo has put another before it and the window is left", async () => {
    const { session, newPage, released, pass } = world();
    await session.open();
    await pass(500);
    session.judge(much, "keyboard");
    await pass(500);
    session.changeNote({ flagged: true, comment: "half a thought" });
    await pass(500);
    // Another window finds the words in the browser's database.
    const other = newPage();
    await other.open();
    await pass(500);
    await other.undo();
    await pass(500);
    expect(
      other
        .read()
        .work.queue.map(({ taskId }) => taskId)
        .slice(0, 2),
    ).toEqual([1, 2].map((n) => leasedTask(n).taskId));
    other.leavePage();
    await pass(10);
    expect(released).not.toContain(leasedTask(2).lease.id);
    expect(released).toEqual([leasedTask(3).lease.id]);
  });

  it("says that nothing is left only after it has looked again", async () => {
    const { session, pass } = world(1);
    await session.open();
    await pass(500);
    session.judge(much, "keyboard");
    await pass(500);
    expect(session.read().work.phase).toBe("empty");
  });
});
