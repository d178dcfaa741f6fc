import { setTimeout as sleep } from "node:timers/promises";
import { threadId } from "node:worker_threads";
import { DomainError } from "@touchstone/contracts";
import { afterAll, describe, expect, it } from "vitest";
import { cells, type FixtureJobs } from "./thread-pool.fixture.ts";
import { ThreadPool } from "./thread-pool.ts";

const warnings: string[] = [];
const opened: ThreadPool<FixtureJobs>[] = [];
function open(limits = {}): ThreadPool<FixtureJobs> {
  const pool = new ThreadPool<FixtureJobs>({
    entry: new URL("./thread-pool.fixture.ts", import.meta.url),
    ...{ threads: 1, jobsPerThread: 10, mostWaiting: 10 },
    warn: (_, message) => warnings.push(message),
    ...limits,
  });
  opened.push(pool);
  return pool;
}
/** Of one thread, for whoever needs no limits of their own: to start one takes a while. */
const pool = open();
afterAll(() => Promise.all(opened.map((one) => one.close())));

const memoryOf = () => new Int32Array(new SharedArrayBuffer(8));
const at = (memory: Int32Array, cell: keyof typeof cells) => Atomics.load(memory, cells[cell]);
async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 6_000 && !holds(); tries += 1) await sleep(10);
  expect(holds()).toBe(true);
}

describe("a pool of threads", () => {
  it("works elsewhere than here, on as many threads as it may", async () => {
    const two = open({ threads: 2, jobsPerThread: 1 });
    const places = await Promise.all(Array.from({ length: 8 }, () => two.run("where", undefined)));
    expect(places).not.toContain(threadId);
    expect(new Set(places).size).toBeLessThanOrEqual(2);
  });

  it("throws what a job throws: of a refusal every part, of anything else that it is internal", async () => {
    const refusal: unknown = await pool.run("refuse", undefined).catch((error) => error);
    expect(refusal).toBeInstanceOf(DomainError);
    expect(refusal).toMatchObject({ code: "too_many_requests", reason: "tooManyRuns", values: { count: 3, limit: 2 } });
    const bug: unknown = await pool.run("fail", undefined).catch((error) => error);
    expect(bug).toMatchObject({ code: "internal", message: "a bug", stack: expect.stringContaining("fixture") });
  });

  it("makes a chunk when the one before was taken, and no more than one ahead", async () => {
    const memory = memoryOf();
    const seen: (number | undefined)[] = [];
    for await (const { bytes } of pool.stream("count", memory)) {
      seen.push(bytes[0]);
      expect(bytes.length).toBe(64 * 1024);
      // Time enough for one that would run ahead.
      if (seen.length === 3) await sleep(50);
      expect(at(memory, "made")).toBeLessThanOrEqual(seen.length);
    }
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("has stopped a job when its chunks are left", async () => {
    const memory = memoryOf();
    for await (const _ of pool.stream("count", memory)) break;
    expect([at(memory, "made"), at(memory, "ended")]).toEqual([1, 1]);
  });

  it("has stopped a job when its caller is told so", async () => {
    const [memory, gone, left] = [memoryOf(), new AbortController(), new Error("left")];
    const told = pool.run("wait", memory, gone.signal);
    await until(() => at(memory, "made") === 1);
    gone.abort(left);
    await expect(told).rejects.toBe(left);
    expect(at(memory, "ended")).toBe(1);
    await expect(pool.run("wait", memory, gone.signal)).rejects.toBe(left);
    expect(at(memory, "made")).toBe(1);
  });

  it("says of each job of a thread that died that it is lost, and goes on with another thread", async () => {
    const memory = memoryOf();
    const [first, waiting, chunks] = [
      await pool.run("where", undefined),
      pool.run("wait", memory).catch((error) => error),
      pool.stream("count", memory),
    ];
    await chunks.next();
    await until(() => at(memory, "made") === 2);
    await expect(pool.run("die", undefined)).rejects.toMatchObject({ code: "unavailable", reason: "threadLost" });
    expect(await waiting).toMatchObject({ reason: "threadLost" });
    await expect(chunks.next()).rejects.toMatchObject({ reason: "threadLost" });
    expect(warnings).toContain("a thread ended early");
    expect(await pool.run("where", undefined)).not.toBe(first);
  });

  it("refuses what it could only keep waiting", async () => {
    const [memory, gone] = [memoryOf(), new AbortController()];
    const narrow = open({ jobsPerThread: 1, mostWaiting: 2 });
    const jobs = Array.from({ length: 5 }, () => narrow.run("wait", memory, gone.signal));
    const outcomes = Promise.allSettled(jobs);
    await expect(Promise.race(jobs)).rejects.toMatchObject({
      code: "unavailable",
      reason: "threadsBusy",
    });
    gone.abort(new Error("over"));
    await outcomes;
  });

  it("tells of a thread that can't begin, and lets nobody wait for it", async () => {
    const broken = open({ entry: new URL("./not-there.ts", import.meta.url), jobsPerThread: 1 });
    const jobs = Array.from({ length: 3 }, () => broken.run("where", undefined).catch((error) => error));
    expect(await Promise.all(jobs)).toMatchObject(Array(3).fill({ reason: "threadLost" }));
    expect(warnings).toContain("a thread did not begin");
  });
});
