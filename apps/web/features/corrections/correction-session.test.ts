import { ApiError } from "@touchstone/api-client";
import { type Answers, OwnTask } from "@touchstone/contracts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { OutboxEntry } from "../workbench/outbox/entry.ts";
import { openMemoryStore } from "../workbench/outbox/outbox-store.ts";
import { memberId, plainDesk, projectId } from "../workbench/state/desk.fixture.ts";
import { leasedTask } from "../workbench/state/leased-task.fixture.ts";
import { WorkServer } from "../workbench/state/work-server.fixture.ts";
import { type Correction, CorrectionBox } from "./correction-box.ts";
import { CorrectionSession } from "./correction-session.ts";

const graded = (step: number): Answers => ({ preference: { choice: "graded", step } });

/** An answer that was given to the first task, or what it was corrected to. */
function ownTask(judgement = 11, step = 2): OwnTask {
  const { lease, ...task } = leasedTask(1);
  const said = { answers: graded(step), note: { flagged: false, comment: "" } };
  const made = { id: leasedTask(judgement).lease.id, leaseId: lease.id, bar: null, createdAt: "2026-11-23T12:00:00Z" };
  return OwnTask.parse({ ...task, ...said, ...made });
}

let now = 0;
beforeEach(() => {
  vi.useFakeTimers();
  now = 0;
});
afterEach(() => vi.useRealTimers());

function world(store = openMemoryStore()) {
  const server = new WorkServer(3);
  const done: (Correction | undefined)[] = [];
  const desk = plainDesk({ now: () => now, online: () => true }, 500);
  const box = new CorrectionBox({
    api: server.api,
    store,
    memberId,
    projectId,
    online: () => true,
    alone: (work) => work(),
    onSaved: () => undefined,
  });
  /** Opens an answer, and looks at all of it. */
  const open = async (own = ownTask()): Promise<CorrectionSession> => {
    const session = new CorrectionSession({ own, box, desk, memberId, onDone: (made) => void done.push(made) });
    await vi.advanceTimersByTimeAsync(1);
    session.painted(own.id, now);
    for (const answer of own.completions.keys()) session.seen(own.id, answer);
    now += 5_000;
    await vi.advanceTimersByTimeAsync(5_000);
    return session;
  };
  return { server, store, box, done, open };
}

describe("a correction at the desk", () => {
  it("opens with what was said, sends what is said now, and is over then", async () => {
    const { server, box, done, open } = world();
    const session = await open();
    expect(session.read()).toMatchObject({ answers: graded(2), note: { flagged: false } });
    expect(session.changed()).toBe(false);
    session.changeNote({ flagged: true, comment: "They were the other way round." });
    expect(session.changed()).toBe(true);
    expect(session.judge({ answers: graded(6), flash: "6" }, "keyboard", now)).toBe(true);
    expect(session.judge({ answers: graded(5), flash: "5" }, "keyboard", now)).toBe(false);
    await vi.advanceTimersByTimeAsync(100);
    expect([...server.corrected.values()]).toEqual([{ of: ownTask().id, answers: graded(6) }]);
    expect(done).toMatchObject([{ submission: { flagged: true, answers: graded(6) } }]);
    expect(box.read()).toMatchObject({ waiting: [], refused: [] });
  });

  it("counts only once somebody can have looked at it", async () => {
    const { server, open } = world();
    const session = await open();
    const other = new CorrectionSession({
      own: ownTask(12),
      box: world().box,
      desk: plainDesk({ now: () => now, online: () => true }, 600),
      memberId,
      onDone: () => undefined,
    });
    expect(other.judge({ answers: graded(6), flash: "6" }, "keyboard", now)).toBe(false);
    expect(other.read().pressedAsleep).toBe(true);
    expect(server.corrected.size).toBe(0);
    expect(session.counts(now)).toBe(true);
  });

  it("sends nothing where nothing was changed, whichever way an answer is put together", async () => {
    const { server, done, open } = world();
    const session = await open();
    expect(session.judge({ answers: { preference: { step: 2, choice: "graded" } }, flash: "2" }, "touch", now)).toBe(
      true,
    );
    await vi.advanceTimersByTimeAsync(100);
    expect(done).toEqual([undefined]);
    expect(server.corrected.size).toBe(0);
  });

  it("keeps what was begun, apart from the desk's drafts, and over what it was corrected to meanwhile", async () => {
    const { store, open } = world();
    const session = await open();
    // Merely looked at, it leaves nothing.
    session.close();
    expect(await store.readDraft({ leaseId: ownTask().id, taskId: ownTask().leaseId })).toBeUndefined();
    const again = await open();
    again.changeNote({ flagged: true, comment: "wait" });
    again.close();
    expect(await store.readDraft({ leaseId: leasedTask(70).lease.id, taskId: ownTask().taskId })).toBeUndefined();
    const newer = await open(ownTask(12, 6));
    expect(newer.read()).toMatchObject({ note: { flagged: true, comment: "wait" } });
    newer.changeAnswers(graded(6));
    newer.reset();
    expect(newer.changed()).toBe(false);
    newer.close();
    expect(await store.readDraft({ leaseId: ownTask(12).id, taskId: ownTask().leaseId })).toBeUndefined();
  });

  it("is kept through a cut and a reload, and where another window was first it is told and kept until given up", async () => {
    const { server, store, box, open } = world();
    server.line.up = false;
    (await open()).judge({ answers: graded(6), flash: "6" }, "keyboard", now);
    await vi.advanceTimersByTimeAsync(100);
    expect(box.read()).toMatchObject({
      outbox: { connection: "offline", pending: 1 },
      waiting: [{ judgementId: ownTask().id }],
    });
    box.close();
    // As another page of another build reads it.
    for (const entry of await store.entriesOf(memberId)) expect(OutboxEntry.safeParse(entry).success).toBe(true);

    const later = world(store);
    later.server.corrected.set("of another window", { of: ownTask().id, answers: graded(7) });
    await later.box.open();
    const [refused] = later.box.read().refused;
    expect(refused?.error).toBeInstanceOf(ApiError);
    expect(refused?.entry.submission.answers).toEqual(graded(6));
    expect(await store.entriesOf(memberId)).toHaveLength(1);
    if (refused) await later.box.discard(refused.entry);
    expect(later.box.read().refused).toEqual([]);
    expect(await store.entriesOf(memberId)).toEqual([]);
  });

  it("that was never sent is withdrawn", async () => {
    const { server, box, open } = world();
    server.line.up = false;
    const session = await open();
    // Another one is on its way and stuck, so that this one waits behind it.
    session.judge({ answers: graded(6), flash: "6" }, "keyboard", now);
    (await open(ownTask(12))).judge({ answers: graded(5), flash: "5" }, "keyboard", now);
    await vi.advanceTimersByTimeAsync(100);
    const [first, second] = box.read().waiting;
    if (!first || !second) throw new Error("Nothing waits.");
    expect(await box.withdraw(second)).toBe(true);
    // The server may have it, though no answer came.
    expect(await box.withdraw(first)).toBe(false);
    expect(box.read().waiting).toHaveLength(1);
  });
});
