import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { much, tie } from "./desk.fixture.ts";
import { world } from "./desk-world.fixture.ts";
import { leasedTask } from "./leased-task.fixture.ts";

describe("a session at the workbench", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("shows the next task although the network is down, and sends what was chosen when it is back", async () => {
    const { session, line, judged, pass, onScreen } = world();
    await session.open();
    await pass(500);
    line.up = false;
    session.judge(much, "keyboard");
    expect(onScreen()).toBe(leasedTask(2).taskId);
    await pass(1_000);
    session.judge(tie, "keyboard");
    await pass(1_000);
    expect(session.read().outbox).toMatchObject({ pending: 2, connection: "offline" });
    line.up = true;
    session.retry();
    await pass(100);
    expect([...judged.values()].map(({ answers }) => answers)).toEqual([much.answers, tie.answers]);
    expect(session.read().work.queue).toHaveLength(2);
  });

  it("sends after a reload what the page before it could not, and does not show that task again", async () => {
    const { session, newPage, line, judged, pass } = world();
    await session.open();
    await pass(500);
    line.up = false;
    session.judge(much, "keyboard");
    await pass(100);
    session.close();
    line.up = true;
    const reloaded = newPage();
    await reloaded.open();
    await pass(500);
    expect(judged.size).toBe(1);
    const queue = reloaded.read().work.queue.map(({ taskId }) => taskId);
    expect(queue).toEqual([leasedTask(2).taskId, leasedTask(3).taskId]);
  });

  it("ignores a key that bounces, since the next task has not been seen", async () => {
    const { session, judged, pass } = world();
    await session.open();
    await pass(500);
    session.judge(much, "keyboard");
    session.judge(much, "keyboard");
    await pass(1_000);
    expect(judged.size).toBe(1);
  });

  it("sends the flag, the comment and the time in sight with the choice", async () => {
    const { session, judged, pass } = world();
    await session.open();
    await pass(500);
    await pass(4_000);
    session.changeNote({ flagged: true, comment: "names its model" });
    session.judge(tie, "touch");
    await pass(500);
    const [sent] = judged.values();
    expect(sent).toMatchObject({
      flagged: true,
      comment: "names its model",
      timings: { visibleMs: 4_500 },
      client: { input: "touch" },
    });
    expect(session.read().note).toEqual({ flagged: false, comment: "" });
  });

  it("counts nothing before 400 ms after the paint of a task, by the time of the press and not of its handling", async () => {
    const { session, judged, pass } = world(5, false);
    await session.open();
    await pass(5_000);
    expect(session.judge(much, "keyboard")).toBe(false);
    const screen = leasedTask(1).lease.id;
    session.painted(screen, 5_000);
    session.seen(screen, 0);
    session.seen(screen, 1);
    await pass(1_000);
    // The page was busy: the key went down 399 ms after the paint, and is handled much later.
    expect(session.judge(much, "keyboard", 5_399)).toBe(false);
    expect(session.skip(5_399)).toBe(false);
    expect(session.judge(much, "keyboard", 5_400)).toBe(true);
    await pass(10);
    expect(judged.size).toBe(1);
  });

  it("counts nothing before the first line of each answer was seen, and says so", async () => {
    const { session, judged, skips, pass } = world(5, false);
    await session.open();
    const screen = leasedTask(1).lease.id;
    session.painted(screen, 0);
    session.seen(screen, 0);
    await pass(5_000);
    session.judge(much, "pointer");
    session.skip();
    await pass(100);
    expect({ sleep: session.read().sleep, judged: judged.size, skips }).toEqual({
      sleep: "unseen",
      judged: 0,
      skips: [],
    });
    session.seen(screen, 1);
    expect(session.read().sleep).toBeNull();
  });

  it("keeps a comment that is being written when its task comes back under another lease", async () => {
    const { session, held, forgetLeases, pass, onScreen } = world();
    await session.open();
    await pass(500);
    session.changeNote({ flagged: true, comment: "half a sen" });
    const again = forgetLeases();
    await session.claim();
    await pass(500);
    expect(onScreen()).toBe(again.taskId);
    expect(session.read().note).toEqual({ flagged: true, comment: "half a sen" });
    expect(held.has(again.lease.id)).toBe(true);
  });

  it("does not press keys with the rest of a word whose field has gone with its task", async () => {
    const { session, held, field, judged, skips, pass } = world();
    await session.open();
    await pass(500);
    session.changeNote({ flagged: true, comment: "this is " });
    field.focused = true;
    held.delete(leasedTask(1).lease.id);
    await pass(301_000);
    session.activity();
    await pass(10);
    field.focused = false;
    await pass(700);
    session.skip();
    await pass(700);
    session.judge(much, "keyboard");
    await pass(100);
    expect({ skips, judged: judged.size }).toEqual({ skips: [], judged: 0 });
    await pass(1_600);
    expect(session.judge(much, "keyboard")).toBe(true);
  });
});
