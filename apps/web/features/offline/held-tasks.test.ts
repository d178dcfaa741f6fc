import { ApiError, ConnectionError } from "@touchstone/api-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openMemoryLastStore } from "../workbench/outbox/last-store.ts";
import { openMemoryStore } from "../workbench/outbox/outbox-store.ts";
import { much as part } from "../workbench/state/desk.fixture.ts";
import { leasedTask } from "../workbench/state/leased-task.fixture.ts";
import type { WorkbenchApi } from "../workbench/state/session-ports.ts";
import { WorkServer } from "../workbench/state/work-server.fixture.ts";
import { WorkbenchSession } from "../workbench/state/workbench-session.ts";
import { HeldTasks } from "./held-tasks.ts";
import { HeldDesk } from "./kept.ts";

const { projectId } = leasedTask(1);
const memberId = leasedTask(90).taskId;
const dayMs = 24 * 3_600_000;

/** A server with six tasks, a browser that keeps what pages write, and pages opened one after the other. */
function world() {
  const server = new WorkServer(6);
  const browser = { kept: null as HeldDesk | null, now: Date.parse("2026-11-26T12:00:00"), keys: 5_000 };
  const store = openMemoryStore();
  const lastStore = openMemoryLastStore();
  const desk = {
    now: () => browser.now,
    date: () => browser.now,
    visible: () => true,
    typing: () => false,
    online: () => server.line.up,
    newKey: () => leasedTask(browser.keys++).lease.id,
    locale: () => "en",
    revealed: () => false,
    reveal: () => undefined,
    viewport: () => "1280x800",
  };
  const open = async (api: WorkbenchApi = server.api) => {
    const held = new HeldTasks({
      api,
      // As the browser's database gives it back: parsed.
      kept: browser.kept && HeldDesk.parse(structuredClone(browser.kept)),
      write: async (written) => {
        browser.kept = written;
      },
      date: desk.date,
      online: desk.online,
    });
    const ports = { api: held.api, store, lastStore, desk, alone: (work: () => Promise<void>) => work() };
    const session = new WorkbenchSession({ ...ports, projectId, memberId });
    session.subscribe(() => held.follow(session.read().work));
    await session.open();
    await vi.advanceTimersByTimeAsync(0);
    return { held, session };
  };
  /** Looks for as long as it takes, and chooses. */
  const judge = async (session: WorkbenchSession) => {
    const task = session.read().work.queue[0];
    if (!task) throw new Error("No task is on the desk.");
    session.painted(task.lease.id, browser.now);
    session.seen(task.lease.id, 0);
    session.seen(task.lease.id, 1);
    expect(session.judge(part, "keyboard")).toBe(false);
    browser.now += 400;
    expect(session.judge(part, "keyboard")).toBe(true);
    await vi.advanceTimersByTimeAsync(0);
  };
  const kept = () => browser.kept?.tasks.map(({ task }) => task.taskId) ?? [];
  return { server, browser, open, judge, kept };
}

const on = (session: WorkbenchSession) => session.read().work.queue.map(({ taskId }) => taskId);
const tasks = (...numbers: number[]) => numbers.map((n) => leasedTask(n).taskId);

describe("the tasks that a browser holds", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("lie on the desk again after a reload without a network, are judged there under every guard, and sent once", async () => {
    const { server, open, judge, kept } = world();
    const before = await open();
    expect(kept()).toEqual(tasks(1, 2));
    server.line.up = false;
    before.session.close();

    const cut = await open();
    expect(on(cut.session)).toEqual(tasks(1, 2));
    expect(cut.held.read().unheard).toBe(true);
    await judge(cut.session);
    expect(on(cut.session)).toEqual(tasks(2));
    cut.session.close();

    const again = await open();
    expect(on(again.session)).toEqual(tasks(2));
    await judge(again.session);
    // As many as were held, and no more.
    expect(again.session.read()).toMatchObject({ work: { phase: "ready", queue: [] }, outbox: { pending: 2 } });
    again.session.close();

    const last = await open();
    expect(last.session.read()).toMatchObject({
      work: { phase: "ready", queue: [], today: 2 },
      outbox: { pending: 2 },
    });
    expect(server.received).toEqual([]);
    server.line.up = true;
    last.session.retry();
    await last.session.claim();
    await vi.advanceTimersByTimeAsync(0);
    expect(last.held.read().unheard).toBe(false);
    expect(server.received.map(({ taskId }) => taskId)).toEqual(tasks(1, 2));
    expect(on(last.session)).toEqual(tasks(3, 4));
    expect(kept()).toEqual(tasks(3, 4));
  });

  it("are served once a page: what was done with them since is not undone by asking again", async () => {
    const { server, open, judge } = world();
    (await open()).session.handOver();
    server.line.up = false;
    const { session, held } = await open();
    await judge(session);
    await session.claim();
    expect(on(session)).toEqual(tasks(2));
    expect(held.read().unheard).toBe(true);
  });

  it("are no answer where the server has one, nor on a page that has heard it before", async () => {
    const { server, open } = world();
    const { session } = await open();
    const refusal = new ApiError({
      type: "about:blank",
      code: "unauthenticated",
      title: "",
      status: 401,
      detail: "",
      requestId: "r",
    });
    const refused = await open({ ...server.api, claimTasks: () => Promise.reject(refusal) });
    expect(refused.session.read().work).toMatchObject({ phase: "failed", error: refusal });
    server.line.up = false;
    await session.claim();
    expect(session.read().work.error).toBeInstanceOf(ConnectionError);
  });

  it("are none where none were kept: then the desk says that the server cannot be reached", async () => {
    const { server, open } = world();
    server.line.up = false;
    const { session, held } = await open();
    expect(session.read().work.phase).toBe("failed");
    expect(held.read().unheard).toBe(false);
  });

  it("are what lies on the desk: a page that is left gives its spare task back, unless nobody can hear it", async () => {
    const { server, open, kept } = world();
    (await open()).session.leavePage();
    expect(kept()).toEqual(tasks(1));
    const { session } = await open();
    expect(kept()).toHaveLength(2);
    server.line.up = false;
    session.leavePage();
    expect(kept()).toHaveLength(2);
  });

  it("know when their leases end, by this machine's clock and as last renewed", async () => {
    const { server, browser, open } = world();
    const { session, held } = await open();
    const leaseId = session.read().work.queue[0]?.lease.id ?? "";
    expect(held.read().ends.get(leaseId)).toBe(browser.now + 900_000);
    browser.now += 301_000;
    session.activity();
    session.tick();
    await vi.advanceTimersByTimeAsync(0);
    expect(held.read().ends.get(leaseId)).toBe(browser.now + 900_000);
    const renewedAt = browser.now;
    server.line.up = false;
    session.close();
    browser.now += dayMs;
    expect((await open()).held.read().ends.get(leaseId)).toBe(renewedAt + 900_000);
  });

  it("count nothing for today on the day after", async () => {
    const { server, browser, open, judge } = world();
    const { session } = await open();
    await judge(session);
    server.line.up = false;
    session.close();
    expect((await open()).session.read().work).toMatchObject({ today: 1, done: 1 });
    browser.now += dayMs;
    expect((await open()).session.read().work).toMatchObject({ today: 0, done: 1 });
  });

  it("of one project are not counted by an answer that was left over from another", async () => {
    const { server, open, browser } = world();
    const here = { today: 9, total: 9, skipped: 9 };
    const { held } = await open({ ...server.api, skipTask: async () => ({ next: null, here }) });
    await held.api.skipTask({ params: { id: leasedTask(60).lease.id }, body: { leaseToken: "x".repeat(20) } });
    expect(browser.kept?.here).toEqual({ today: 0, total: 0, skipped: 0 });
  });
});
