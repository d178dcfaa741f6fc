import { ApiError, ConnectionError } from "@touchstone/api-client";
import type { JudgementSubmission, LeasedTask, ProblemCode, SkipRequest } from "@touchstone/contracts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openMemoryLastStore } from "../outbox/last-store.ts";
import { openMemoryStore } from "../outbox/outbox-store.ts";
import { leasedTask } from "./leased-task.fixture.ts";
import { partsOf } from "./scale.ts";
import { restScreen } from "./wake-keeper.ts";
import { type WorkbenchApi, WorkbenchSession } from "./workbench-session.ts";

const memberId = leasedTask(90).taskId;
const projectId = leasedTask(1).projectId;
const [much, , , tie] = partsOf("preference");
if (!much || !tie) throw new Error("The scale has no parts.");

/** A small server with tasks 1 to `total`, behind a line that can be cut; and a person at a desk. */
function world(total = 5, eyes = true) {
  const store = openMemoryStore();
  const lastStore = openMemoryLastStore();
  const skips: SkipRequest[] = [];
  const field = { focused: false };
  const line = { up: true, losesAnswers: false, taken: false };
  const undos: string[] = [];
  const held = new Map<string, LeasedTask>();
  const judged = new Map<string, JudgementSubmission>();
  const released: string[] = [];
  let next = 1;
  let now = 0;
  let keys = 100;
  const claimOne = (): LeasedTask | null => {
    if (next > total) return null;
    const task = leasedTask(next++);
    held.set(task.lease.id, task);
    return task;
  };
  const here = () => ({ today: judged.size, total: judged.size, skipped: skips.length });
  const refusal = (code: ProblemCode) =>
    new ApiError({ type: "about:blank", code, title: "", status: 409, detail: "", requestId: "r" });
  const reach = async (): Promise<void> => {
    if (!line.up) throw new ConnectionError("cut");
  };
  const api: WorkbenchApi = {
    async claimTasks() {
      await reach();
      while (held.size < 2 && claimOne()) {}
      return { tasks: [...held.values()].slice(0, 2), today: 99, here: here() };
    },
    async submitJudgement({ body }) {
      await reach();
      judged.set(body.idempotencyKey, {
        ...body,
        flagged: body.flagged ?? false,
        comment: body.comment ?? "",
        timings: { ...body.timings, firstScrollMs: body.timings.firstScrollMs ?? null },
      });
      held.delete(body.leaseId);
      return {
        judgementId: body.idempotencyKey,
        surplus: false,
        created: true,
        next: claimOne(),
        today: 99,
        here: here(),
      };
    },
    async undoJudgement({ params, body }) {
      await reach();
      undos.push(body.idempotencyKey);
      judged.delete(params.id);
      const task = { ...leasedTask(1), previous: { choice: "graded", step: 1 } } as const;
      held.set(task.lease.id, task);
      if (line.losesAnswers) throw new ConnectionError("cut");
      return task;
    },
    async skipTask({ params, body }) {
      await reach();
      held.delete(params.id);
      skips.push({ ...body, flagged: body.flagged ?? false, comment: body.comment ?? "", reason: body.reason ?? null });
      return { next: claimOne(), here: here() };
    },
    async undoSkip({ params }) {
      await reach();
      const task = [1, 2, 3, 4, 5].map((n) => leasedTask(n)).find(({ lease }) => lease.id === params.id);
      if (!task || line.taken) throw refusal("task_taken");
      const { flagged, comment } = skips.pop() ?? { flagged: false, comment: "" };
      const back = { ...task, note: { flagged, comment } };
      held.set(task.lease.id, back);
      return back;
    },
    async heartbeat({ params }) {
      await reach();
      if (held.has(params.id)) return { expiresAt: "2026-11-23T12:00:00Z" };
      throw refusal("lease_expired");
    },
    async releaseLease({ params }) {
      await reach();
      released.push(params.id);
      held.delete(params.id);
      return undefined;
    },
  };
  const desk = {
    now: () => now,
    date: () => Date.now(),
    typing: () => field.focused,
    visible: () => true,
    online: () => line.up,
    newKey: () => leasedTask(keys++).lease.id,
    locale: () => "en",
    viewport: () => "1280x800",
  };
  /** A page opened anew: nothing is left but what the server and the browser's database have. */
  const alone = (work: () => Promise<void>) => work();
  const newPage = (): WorkbenchSession => {
    const page = new WorkbenchSession({ api, store, lastStore, desk, alone, projectId, memberId });
    if (eyes) page.subscribe(() => lookAt(page));
    return page;
  };
  /** Whatever comes on the screen is painted and read at once. */
  const lookAt = (page: WorkbenchSession): void => {
    const task = page.read().work.queue[0];
    const screen = task?.lease.id ?? restScreen;
    if (screen === lookedAt) return;
    lookedAt = screen;
    page.painted(screen, now);
    for (const answer of task?.completions.keys() ?? []) page.seen(screen, answer);
  };
  let lookedAt = "";
  const session = newPage();
  const pass = async (milliseconds: number): Promise<void> => {
    now += milliseconds;
    await vi.advanceTimersByTimeAsync(Math.min(milliseconds, 60_000));
  };
  /** All leases end, and the first task goes out again under a new one. */
  const forgetLeases = (): LeasedTask => {
    held.clear();
    const again = { ...leasedTask(1), lease: leasedTask(50).lease };
    held.set(again.lease.id, again);
    return again;
  };
  const onScreen = () => session.read().work.queue[0]?.taskId;
  return { line, held, judged, skips, field, released, undos, forgetLeases, session, newPage, pass, onScreen };
}

describe("a session at the workbench", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("shows the next task although the network is down, and sends what was chosen when it is back", async () => {
    const { session, line, judged, pass, onScreen } = world();
    await session.open();
    await pass(500);
    line.up = false;
    session.choose(much, "keyboard");
    expect(onScreen()).toBe(leasedTask(2).taskId);
    await pass(1_000);
    session.choose(tie, "keyboard");
    await pass(1_000);
    expect(session.read().outbox).toMatchObject({ pending: 2, connection: "offline" });
    line.up = true;
    session.retry();
    await pass(100);
    expect([...judged.values()].map(({ answer }) => answer)).toEqual([much.answer, tie.answer]);
    expect(session.read().work.queue).toHaveLength(2);
  });

  it("sends after a reload what the page before it could not, and does not show that task again", async () => {
    const { session, newPage, line, judged, pass } = world();
    await session.open();
    await pass(500);
    line.up = false;
    session.choose(much, "keyboard");
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

  it("does not show a task again that the server hands out anew before it hears of the answer", async () => {
    const { session, line, judged, forgetLeases, pass } = world(2);
    await session.open();
    await pass(500);
    line.up = false;
    session.choose(much, "keyboard");
    await pass(500);
    session.choose(tie, "keyboard");
    await pass(500);
    forgetLeases();
    line.up = true;
    session.retry();
    await pass(100);
    expect(judged.size).toBe(2);
    expect(session.read().work).toMatchObject({ queue: [], phase: "empty" });
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

  it("undoes once, under one key, although the first answer to it was lost", async () => {
    const { session, line, undos, judged, pass, onScreen } = world(2);
    await session.open();
    await pass(500);
    session.choose(much, "keyboard");
    await pass(500);
    line.losesAnswers = true;
    await session.undo();
    expect(session.read().work.notice).toBe("undo-unanswered");
    line.losesAnswers = false;
    await session.undo();
    expect(new Set(undos).size).toBe(1);
    expect(onScreen()).toBe(leasedTask(1).taskId);
    expect(judged.size).toBe(0);
  });

  it("shows a task that an undo without an answer has brought back, and does not give it away", async () => {
    const { session, line, released, pass } = world(2);
    await session.open();
    await pass(500);
    session.choose(much, "keyboard");
    await pass(500);
    line.losesAnswers = true;
    await session.undo();
    session.choose(tie, "keyboard");
    await pass(1_000);
    await session.claim();
    expect(session.read().work.queue.map(({ taskId }) => taskId)).toEqual([leasedTask(1).taskId]);
    expect(released).toEqual([]);
  });

  it("takes a choice back that has not left the page without asking anyone", async () => {
    const { session, line, judged, pass, onScreen } = world();
    await session.open();
    await pass(500);
    line.up = false;
    session.choose(much, "keyboard");
    await pass(500);
    await session.undo();
    expect(onScreen()).toBe(leasedTask(1).taskId);
    line.up = true;
    session.retry();
    await pass(100);
    expect(judged.size).toBe(0);
  });

  it("takes a choice back that the server has by retracting it there", async () => {
    const { session, judged, pass, onScreen } = world();
    await session.open();
    await pass(500);
    session.choose(much, "keyboard");
    await pass(500);
    expect(judged.size).toBe(1);
    await session.undo();
    expect(judged.size).toBe(0);
    expect(onScreen()).toBe(leasedTask(1).taskId);
  });

  it("ignores a key that bounces, since the next task has not been seen", async () => {
    const { session, judged, pass } = world();
    await session.open();
    await pass(500);
    session.choose(much, "keyboard");
    session.choose(much, "keyboard");
    await pass(1_000);
    expect(judged.size).toBe(1);
  });

  it("sends the flag, the comment and the time in sight with the choice", async () => {
    const { session, judged, pass } = world();
    await session.open();
    await pass(500);
    await pass(4_000);
    session.changeNote({ flagged: true, comment: "names its model" });
    session.choose(tie, "touch");
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

  it("says that nothing is left only after it has looked again", async () => {
    const { session, pass } = world(1);
    await session.open();
    await pass(500);
    session.choose(much, "keyboard");
    await pass(500);
    expect(session.read().work.phase).toBe("empty");
  });

  it("counts nothing before 400 ms after the paint of a task, by the time of the press and not of its handling", async () => {
    const { session, judged, pass } = world(5, false);
    await session.open();
    await pass(5_000);
    expect(session.choose(much, "keyboard")).toBe(false);
    const screen = leasedTask(1).lease.id;
    session.painted(screen, 5_000);
    session.seen(screen, 0);
    session.seen(screen, 1);
    await pass(1_000);
    // The page was busy: the key went down 399 ms after the paint, and is handled much later.
    expect(session.choose(much, "keyboard", 5_399)).toBe(false);
    expect(session.skip(5_399)).toBe(false);
    expect(session.choose(much, "keyboard", 5_400)).toBe(true);
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
    session.choose(much, "pointer");
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

  it("undoes a skip, and brings back what was said, which the skip had carried", async () => {
    const { session, skips, held, pass, onScreen } = world();
    await session.open();
    await pass(500);
    session.changeNote({ flagged: true, comment: "A is rude" });
    session.skip();
    await pass(500);
    expect(skips).toMatchObject([{ flagged: true, comment: "A is rude" }]);
    expect(session.read().note).toEqual({ flagged: false, comment: "" });
    await session.undo();
    expect(onScreen()).toBe(leasedTask(1).taskId);
    expect(session.read().note).toEqual({ flagged: true, comment: "A is rude" });
    expect(held.has(leasedTask(1).lease.id)).toBe(true);
  });

  it("says that others have taken a skipped task, and offers the undo again", async () => {
    const { session, line, pass } = world();
    await session.open();
    await pass(500);
    session.skip();
    await pass(500);
    line.taken = true;
    await session.undo();
    expect(session.read().work).toMatchObject({ notice: "undo-taken", last: { kind: "skip" } });
  });

  it("brings flag and comment of a judgement back with its undo, also of one that never left the page", async () => {
    const { session, line, pass } = world();
    await session.open();
    await pass(500);
    const said = { flagged: true, comment: "cut off" };
    session.changeNote(said);
    session.choose(much, "keyboard");
    await pass(500);
    await session.undo();
    expect(session.read().note).toEqual(said);
    line.up = false;
    await pass(500);
    session.choose(much, "keyboard");
    await pass(500);
    await session.undo();
    expect(session.read().note).toEqual(said);
  });

  it("undoes after a reload what the page before it did", async () => {
    const { session, newPage, judged, pass } = world();
    await session.open();
    await pass(500);
    session.choose(much, "keyboard");
    await pass(500);
    session.close();
    const reloaded = newPage();
    await reloaded.open();
    await pass(500);
    expect(reloaded.read().work.last).toMatchObject({ kind: "judgement", ordinal: 1 });
    await reloaded.undo();
    expect(judged.size).toBe(0);
    expect(reloaded.read().work.queue[0]?.taskId).toBe(leasedTask(1).taskId);
  });

  it("adds the reason to a skip that has been sent, and sends it with one that has not", async () => {
    const { session, line, skips, pass } = world();
    await session.open();
    await pass(500);
    session.skip();
    await pass(500);
    await session.explainSkip("broken");
    expect(skips.map(({ reason }) => reason)).toEqual([null, "broken"]);
    line.up = false;
    session.skip();
    await pass(500);
    await session.explainSkip("unpleasant");
    line.up = true;
    session.retry();
    await pass(500);
    expect(skips.map(({ reason }) => reason)).toEqual([null, "broken", "unpleasant"]);
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

  it("does not take the task away from whoever writes about it when the answer to an undo comes", async () => {
    const { session, field, pass, onScreen } = world();
    await session.open();
    await pass(500);
    session.choose(much, "keyboard");
    await pass(500);
    const undo = session.undo();
    field.focused = true;
    session.changeNote({ flagged: true, comment: "this o" });
    await undo;
    expect(onScreen()).toBe(leasedTask(2).taskId);
    expect(session.read().note.comment).toBe("this o");
    field.focused = false;
    session.choose(tie, "keyboard");
    expect(onScreen()).toBe(leasedTask(1).taskId);
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
    session.choose(much, "keyboard");
    await pass(100);
    expect({ skips, judged: judged.size }).toEqual({ skips: [], judged: 0 });
    await pass(1_600);
    expect(session.choose(much, "keyboard")).toBe(true);
  });
});
