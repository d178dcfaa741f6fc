import { ApiError, ConnectionError } from "@touchstone/api-client";
import type { JudgementSubmission, LeasedTask } from "@touchstone/contracts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openMemoryStore } from "../outbox/outbox-store.ts";
import { leasedTask } from "./leased-task.fixture.ts";
import { partsOf } from "./scale.ts";
import { type WorkbenchApi, WorkbenchSession } from "./workbench-session.ts";

const memberId = leasedTask(90).taskId;
const projectId = leasedTask(1).projectId;
const [much, , , tie] = partsOf("preference");
if (!much || !tie) throw new Error("The scale has no parts.");

/** A small server with tasks 1 to `total`, behind a line that can be cut; and a person at a desk. */
function world(total = 5) {
  const store = openMemoryStore();
  const line = { up: true, losesAnswers: false };
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
  const reach = async (): Promise<void> => {
    if (!line.up) throw new ConnectionError("cut");
  };
  const api: WorkbenchApi = {
    async claimTasks() {
      await reach();
      while (held.size < 2 && claimOne()) {}
      return { tasks: [...held.values()].slice(0, 2), today: judged.size };
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
      return { judgementId: body.idempotencyKey, surplus: false, created: true, next: claimOne(), today: judged.size };
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
    async skipTask({ params }) {
      await reach();
      held.delete(params.id);
      return { next: claimOne() };
    },
    async heartbeat({ params }) {
      await reach();
      if (held.has(params.id)) return { expiresAt: "2026-11-23T12:00:00Z" };
      throw new ApiError({
        type: "about:blank",
        code: "lease_expired",
        title: "",
        status: 409,
        detail: "",
        requestId: "r",
      });
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
    visible: () => true,
    online: () => line.up,
    newKey: () => leasedTask(keys++).lease.id,
    locale: () => "en",
    viewport: () => "1280x800",
  };
  /** A page opened anew: nothing is left but what the server and the browser's database have. */
  const newPage = (): WorkbenchSession => new WorkbenchSession({ api, store, desk, projectId, memberId });
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
  return { line, held, judged, released, undos, forgetLeases, session, newPage, pass, onScreen };
}

describe("a session at the workbench", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("shows the next task although the network is down, and sends what was chosen when it is back", async () => {
    const { session, line, judged, pass, onScreen } = world();
    await session.open();
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
    line.up = false;
    session.choose(much, "keyboard");
    await pass(100);
    session.close();
    line.up = true;
    const reloaded = newPage();
    await reloaded.open();
    expect(judged.size).toBe(1);
    const queue = reloaded.read().work.queue.map(({ taskId }) => taskId);
    expect(queue).toEqual([leasedTask(2).taskId, leasedTask(3).taskId]);
  });

  it("does not show a task again that the server hands out anew before it hears of the answer", async () => {
    const { session, line, judged, forgetLeases, pass } = world(2);
    await session.open();
    line.up = false;
    session.choose(much, "keyboard");
    await pass(200);
    session.choose(tie, "keyboard");
    await pass(200);
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
    line.up = false;
    session.skip();
    await pass(200);
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
    session.choose(much, "keyboard");
    await pass(200);
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
    session.choose(much, "keyboard");
    await pass(200);
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
    line.up = false;
    session.choose(much, "keyboard");
    await pass(200);
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
    session.choose(much, "keyboard");
    await pass(200);
    expect(judged.size).toBe(1);
    await session.undo();
    expect(judged.size).toBe(0);
    expect(onScreen()).toBe(leasedTask(1).taskId);
  });

  it("ignores a key that bounces, since the next task has not been seen", async () => {
    const { session, judged, pass } = world();
    await session.open();
    session.choose(much, "keyboard");
    session.choose(much, "keyboard");
    await pass(1_000);
    expect(judged.size).toBe(1);
  });

  it("sends the flag, the comment and the time in sight with the choice", async () => {
    const { session, judged, pass } = world();
    await session.open();
    await pass(4_000);
    session.changeNote({ flagged: true, comment: "names its model" });
    session.choose(tie, "touch");
    await pass(200);
    const [sent] = judged.values();
    expect(sent).toMatchObject({
      flagged: true,
      comment: "names its model",
      timings: { visibleMs: 4_000 },
      client: { input: "touch" },
    });
    expect(session.read().note).toEqual({ flagged: false, comment: "" });
  });

  it("gives the spare task back when nobody is there, and takes a new one when somebody is", async () => {
    const { session, released, held, pass } = world();
    await session.open();
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
    session.choose(much, "keyboard");
    await pass(200);
    expect(session.read().work.phase).toBe("empty");
  });
});
