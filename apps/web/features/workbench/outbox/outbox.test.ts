import { ApiError, ConnectionError } from "@touchstone/api-client";
import type { ProblemCode } from "@touchstone/contracts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { leasedTask } from "../state/leased-task.fixture.ts";
import { OutboxEntry } from "./entry.ts";
import { Outbox } from "./outbox.ts";
import { openMemoryStore } from "./outbox-store.ts";
import { waitBeforeRetryMs } from "./retry.ts";

const memberId = leasedTask(90).taskId;
const keyOf = (n: number) => leasedTask(n).lease.id;

function judgement(n: number, of = memberId): OutboxEntry {
  const { lease, projectId, taskId } = leasedTask(n);
  return OutboxEntry.parse({
    kind: "judgement",
    key: keyOf(n),
    memberId: of,
    projectId,
    taskId,
    madeAt: n,
    submission: {
      leaseId: lease.id,
      leaseToken: lease.token,
      idempotencyKey: keyOf(n),
      answer: { choice: "graded", step: 2 },
      timings: { visibleMs: 1, activeMs: 1 },
      client: { locale: "en", viewport: "1280x800", input: "keyboard" },
    },
  });
}

function skip(n: number): OutboxEntry {
  const { lease, projectId, taskId } = leasedTask(n);
  return {
    kind: "skip",
    key: keyOf(n),
    memberId,
    projectId,
    taskId,
    madeAt: n,
    leaseId: lease.id,
    leaseToken: lease.token,
  };
}

const problem = (code: ProblemCode) =>
  new ApiError({ type: "about:blank", code, title: "", status: 400, detail: "", requestId: "r" });

/** A server that keeps each key once, over a line that can be cut before or after the request arrives. */
function world(store = openMemoryStore()) {
  const line = { online: true, fault: undefined as "before" | "after" | ApiError | undefined };
  const kept: string[] = [];
  const sent: string[] = [];
  const elsewhere: string[] = [];
  const outbox = new Outbox({
    store,
    memberId,
    online: () => line.online,
    async send(entry) {
      if (line.fault instanceof ApiError) throw line.fault;
      if (line.fault === "before") throw new ConnectionError("cut");
      if (!kept.includes(entry.key)) kept.push(entry.key);
      if (line.fault === "after") throw new ConnectionError("cut");
      if (entry.kind === "skip") return { kind: "skip", next: null };
      return {
        kind: "judgement",
        receipt: { judgementId: entry.key, surplus: false, created: true, next: null, today: 1 },
      };
    },
    onSent: (entry) => void sent.push(entry.key),
    onRefused: () => {},
    onSentElsewhere: (entry) => void elsewhere.push(entry.key),
    alone: (work) => work(),
    onChange: () => {},
  });
  return { line, kept, sent, elsewhere, store, outbox };
}

describe("the outbox", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("keeps an answer in the browser before it sends it, and forgets it once acknowledged", async () => {
    const { line, store, outbox, sent } = world();
    line.fault = "before";
    await outbox.add(judgement(1));
    expect(await store.entriesOf(memberId)).toHaveLength(1);
    line.fault = undefined;
    await vi.advanceTimersByTimeAsync(waitBeforeRetryMs(1));
    expect(sent).toEqual([keyOf(1)]);
    expect(await store.entriesOf(memberId)).toEqual([]);
    expect(outbox.read()).toMatchObject({ pending: 0, connection: "online" });
  });

  it("sends again with the same key when the answer was lost, so that the server keeps it once", async () => {
    const { line, kept, sent, outbox } = world();
    line.fault = "after";
    await outbox.add(judgement(1));
    expect(outbox.read()).toMatchObject({ pending: 1, connection: "offline" });
    line.fault = undefined;
    await outbox.resume();
    expect(kept).toEqual([keyOf(1)]);
    expect(sent).toEqual([keyOf(1)]);
  });

  it("sends what an earlier version of the page kept without naming the task", () => {
    const { taskId: _, ...former } = judgement(1);
    expect(OutboxEntry.safeParse(former).success).toBe(true);
  });

  it("keeps the order of a long cut", async () => {
    const { line, sent, outbox } = world();
    line.online = false;
    for (const n of [1, 2, 3]) await outbox.add(judgement(n));
    expect(outbox.read()).toMatchObject({ pending: 3, connection: "offline" });
    line.online = true;
    await outbox.resume();
    expect(sent).toEqual([keyOf(1), keyOf(2), keyOf(3)]);
  });

  it("takes up after a reload what an earlier page could not send, and leaves other people's alone", async () => {
    const store = openMemoryStore();
    await store.put(judgement(1));
    await store.put(judgement(2, leasedTask(91).taskId));
    const { outbox, sent } = world(store);
    await outbox.open();
    expect(sent).toEqual([keyOf(1)]);
  });

  it("takes back what was never sent, and nothing that the server may have", async () => {
    const { line, outbox, kept } = world();
    line.online = false;
    await outbox.add(judgement(1));
    expect(await outbox.withdraw(keyOf(1))).toBe(true);
    line.online = true;
    line.fault = "after";
    await outbox.add(judgement(2));
    expect(await outbox.withdraw(keyOf(2))).toBe(false);
    expect(kept).toEqual([keyOf(2)]);
  });

  it("keeps what was refused until the person decides, and goes on with the rest", async () => {
    const { line, store, outbox, sent } = world();
    line.fault = problem("invalid_value");
    await outbox.add(judgement(1));
    expect(outbox.read().refused).toHaveLength(1);
    line.fault = undefined;
    await outbox.add(judgement(2));
    expect(sent).toEqual([keyOf(2)]);
    expect(outbox.taskIds()).toContain(leasedTask(1).taskId);
    await outbox.discardRefused();
    expect(await store.entriesOf(memberId)).toEqual([]);
  });

  it("drops a skip that the server refuses, since nothing is lost by it", async () => {
    const { line, store, outbox } = world();
    line.fault = problem("lease_expired");
    await outbox.add(skip(1));
    expect(outbox.read()).toMatchObject({ pending: 0, refused: [] });
    expect(await store.entriesOf(memberId)).toEqual([]);
  });

  it("holds everything when the session has ended, until the next sign-in", async () => {
    const { line, outbox, sent } = world();
    line.fault = problem("unauthenticated");
    await outbox.add(judgement(1));
    expect(outbox.read()).toMatchObject({ pending: 1, signedOut: true });
    line.fault = undefined;
    await outbox.resume();
    expect(sent).toEqual([keyOf(1)]);
  });

  it("says how much of it the browser could not keep, until the server has it", async () => {
    const full = { ...openMemoryStore(), lasts: true };
    const { line, outbox } = world(full);
    line.online = false;
    await outbox.add(judgement(1));
    expect(outbox.read()).toMatchObject({ pending: 1, unkept: 0 });
    full.put = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
    await outbox.add(judgement(2));
    expect(outbox.read()).toMatchObject({ pending: 2, unkept: 1 });
    line.online = true;
    line.fault = problem("invalid_value");
    await outbox.resume();
    expect(outbox.read()).toMatchObject({ pending: 0, unkept: 1 });
    line.fault = undefined;
    await outbox.resume();
    expect(outbox.read()).toMatchObject({ pending: 0, unkept: 0 });
  });

  it("knows that nothing is kept where the browser keeps nothing", async () => {
    const { line, outbox } = world();
    line.online = false;
    await outbox.add(judgement(1));
    expect(outbox.read()).toMatchObject({ pending: 1, unkept: 1 });
  });

  it("does not take a failure to tidy up here for a failure to send", async () => {
    const store = openMemoryStore();
    const broken = { ...store, remove: () => Promise.reject(new DOMException("full", "QuotaExceededError")) };
    const { outbox, kept, sent } = world(broken);
    await outbox.add(judgement(1));
    expect(kept).toEqual([keyOf(1)]);
    expect(sent).toEqual([keyOf(1)]);
    expect(outbox.read()).toMatchObject({ pending: 0, connection: "online", refused: [] });
  });

  it("drops without a word what another window has sent, and sends nothing twice", async () => {
    const store = openMemoryStore();
    const { line, outbox, kept, sent, elsewhere } = world(store);
    line.online = false;
    await outbox.add(judgement(1));
    const other = world(store);
    await other.outbox.open();
    expect(other.kept).toEqual([keyOf(1)]);
    line.online = true;
    await outbox.resume();
    expect({ kept, sent, elsewhere }).toEqual({ kept: [], sent: [], elsewhere: [keyOf(1)] });
  });

  it("takes nothing back that an earlier page may have sent", async () => {
    const store = openMemoryStore();
    await store.put(judgement(1));
    const { line, outbox } = world(store);
    line.online = false;
    await outbox.open();
    expect(await outbox.withdraw(keyOf(1))).toBe(false);
  });

  it("keeps and tells any answer to a task that has another, drops a skip that says nothing, and discards what one lets go", async () => {
    const { line, store, outbox } = world();
    line.online = false;
    await outbox.add(judgement(1));
    expect(outbox.read()).toMatchObject({ connection: "offline" });
    line.online = true;
    line.fault = problem("conflict");
    await outbox.resume();
    // It was judged in another window or on another device: what was meant here is nowhere else. And the server has answered.
    expect(outbox.read()).toMatchObject({ pending: 0, connection: "online", refused: [{ entry: { key: keyOf(1) } }] });
    expect(await store.has(keyOf(1))).toBe(true);
    await outbox.add(skip(2));
    expect(outbox.read().refused).toHaveLength(1);
    await outbox.add({ ...skip(3), key: keyOf(3), ...{ note: { flagged: true, comment: "spam" } } });
    expect(outbox.read().refused).toHaveLength(2);
    await outbox.discardRefused();
    expect(outbox.read().refused).toEqual([]);
    await outbox.resume();
    expect(outbox.read()).toMatchObject({ pending: 0, refused: [] });
    expect(await store.entriesOf(memberId)).toEqual([]);
  });
});
