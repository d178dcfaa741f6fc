import { threadId } from "node:worker_threads";
import { refused } from "@touchstone/contracts";
import { serveJobs } from "./serve-jobs.ts";

/** Cells of memory that the test sees too. */
export const cells = { made: 0, ended: 1 } as const;

/** Jobs of a thread under test. */
export const fixtureJobs = {
  where: async () => threadId,
  refuse: async () => {
    throw refused("tooManyRuns", { count: 3, limit: 2, at: "kind" });
  },
  fail: async () => {
    throw new Error("a bug");
  },
  die: async (): Promise<number> => process.exit(3),
  /** Ends once it is stopped, and notes that it has. */
  wait: async (memory: Int32Array, signal: AbortSignal) => {
    Atomics.add(memory, cells.made, 1);
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    Atomics.add(memory, cells.ended, 1);
  },
  count: async function* (memory: Int32Array) {
    try {
      for (let place = 0; place < 10; place += 1) {
        Atomics.add(memory, cells.made, 1);
        yield { bytes: new Uint8Array(64 * 1024).fill(place) };
      }
    } finally {
      Atomics.add(memory, cells.ended, 1);
    }
  },
};

export type FixtureJobs = typeof fixtureJobs;

export default serveJobs(fixtureJobs);
