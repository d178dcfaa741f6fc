import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openMemoryLastStore } from "../outbox/last-store.ts";
import { openMemoryStore } from "../outbox/outbox-store.ts";
import { memberId, much, plainDesk, projectId, readAtOnce } from "./desk.fixture.ts";
import { WorkServer } from "./work-server.fixture.ts";
import { WorkbenchSession } from "./workbench-session.ts";

/** Somebody at a desk who reads whatever comes at once. */
function atDesk(server: WorkServer) {
  let now = 0;
  const clock = () => now;
  const session = new WorkbenchSession({
    api: server.api,
    store: openMemoryStore(),
    lastStore: openMemoryLastStore(),
    desk: plainDesk({ now: clock, online: () => server.line.up }, 7_000),
    alone: (work) => work(),
    projectId,
    memberId,
  });
  readAtOnce(session, clock);
  const pass = async (milliseconds: number): Promise<void> => {
    now += milliseconds;
    await vi.advanceTimersByTimeAsync(milliseconds);
  };
  const choose = async (comment = ""): Promise<void> => {
    await pass(1_000);
    session.changeNote({ flagged: comment !== "", comment });
    expect(session.judge(much, "keyboard")).toBe(true);
    await pass(10);
  };
  const comments = () => server.received.map(({ note }) => note.comment);
  return { session, pass, choose, comments };
}

describe("a desk whose project rests", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("paused, lets what is on it be judged, sends it, and then says so calmly until the project goes on", async () => {
    const server = new WorkServer(5);
    const { session, pass, choose, comments } = atDesk(server);
    await session.open();
    await pass(500);
    session.changeNote({ flagged: true, comment: "half typed" });
    server.project = "paused";
    await session.claim();
    expect(session.read().note.comment).toBe("half typed");
    expect(session.read().work).toMatchObject({ phase: "ready", standing: "paused", error: null });
    await choose("first");
    await choose("second");
    expect(comments()).toEqual(["first", "second"]);
    expect(session.read().work).toMatchObject({ phase: "empty", standing: "paused", queue: [], error: null });
    expect(session.read().outbox).toMatchObject({ pending: 0, refused: [] });
    server.project = "active";
    session.tick();
    await pass(10);
    expect(session.read().work).toMatchObject({ phase: "ready", standing: "open" });
    expect(session.read().work.queue).toHaveLength(2);
  });

  it("paused while the line is cut, sends what was judged there when the line is back", async () => {
    const server = new WorkServer(5);
    const { session, pass, choose, comments } = atDesk(server);
    await session.open();
    await pass(500);
    server.line.up = false;
    await choose("kept here");
    server.project = "paused";
    server.line.up = true;
    session.retry();
    await pass(100);
    expect(comments()).toEqual(["kept here"]);
    expect(session.read().outbox).toMatchObject({ pending: 0, refused: [] });
  });

  it("archived, keeps what comes too late and sends it once the project is restored", async () => {
    const server = new WorkServer(2);
    const { session, pass, choose, comments } = atDesk(server);
    await session.open();
    await pass(500);
    server.project = "archived";
    await choose("too late");
    await choose("later still");
    await pass(100);
    expect(comments()).toEqual([]);
    expect(session.read().work).toMatchObject({ phase: "empty", standing: "archived", error: null });
    expect(session.read().outbox.refused).toHaveLength(2);
    server.project = "active";
    session.tick();
    await pass(100);
    expect(comments()).toEqual(["too late", "later still"]);
    expect(session.read().outbox.refused).toEqual([]);
  });
});
