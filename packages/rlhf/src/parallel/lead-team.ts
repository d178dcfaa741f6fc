import { Worker } from "node:worker_threads";
import type { TrainerRequest } from "../training/request.ts";
import { TrainingError } from "../training-error.ts";
import { errorOf, type ReplicaEnd, type ReplicaJob } from "./replica-messages.ts";
import { joinTeam, type Sleep, sharedMemory } from "./shared-team.ts";
import type { Team } from "./team.ts";

/**
 * Starts the threads that share a request with this one, works with them, and ends them whatever comes of it.
 *
 * They meet at every step, so one that fails or dies would be waited for without end. This thread hears of it by messages,
 * for which its waiting leaves room, and breaks off with the first error that it hears of; the others are ended.
 *
 * @throws what the work throws, or what went wrong in another thread; TrainingError `thread_lost` if that thread died
 */
export async function leadTeam<T>(request: TrainerRequest, work: (team: Team) => Promise<T>): Promise<T> {
  const { engine, judge, signal: _, onMetric: _1, onCheckpoint: _2, onNote: _3, ...copied } = request;
  const { workers: size, backend, fingerprint } = engine;
  const memory = sharedMemory(size);
  const words = new Int32Array(memory);
  let failure: Error | undefined;
  const fail = (error: Error) => {
    failure ??= error;
    for (const index of words.slice(0, 2).keys()) Atomics.notify(words, index);
  };
  const sleep: Sleep = async (place, index, value) => {
    if (failure) throw failure;
    const waiting = Atomics.waitAsync(place, index, value);
    if (waiting.async) await waiting.value;
    if (failure) throw failure;
  };
  const threads = Array.from({ length: size - 1 }, (_, others) => {
    const rank = others + 1;
    const job: ReplicaJob = { request: copied, judgeName: judge?.name, memory, rank, size, backend, fingerprint };
    const thread = new Worker(entry(), { workerData: job });
    let done = false;
    thread.on("message", (told: ReplicaEnd) => {
      done = told === "done";
      if (told !== "done") fail(errorOf(told));
    });
    thread.on("error", (error) => fail(lost(rank, size, error.message)));
    thread.on("exit", (code) => {
      if (!done) fail(lost(rank, size, `exit code ${code}`));
    });
    return thread;
  });
  try {
    return await work(joinTeam(memory, 0, size, sleep));
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

function lost(rank: number, size: number, reason: string): TrainingError {
  return new TrainingError(
    "thread_lost",
    `Thread ${rank + 1} of the ${size} that share this run ended early (${reason}). Fewer threads need less memory; the run goes on from its last checkpoint.`,
    { values: { thread: rank + 1, count: size, reason } },
  );
}

/**
 * In a bundle the entry lies beside this code as JavaScript. From source it is TypeScript, which a new thread can't read
 * before it is taught to, whatever its parent has learned.
 */
function entry(): URL {
  if (!import.meta.url.endsWith(".ts")) return new URL("./replica.thread.js", import.meta.url);
  const [tsx, source] = [import.meta.resolve("tsx/esm/api"), new URL("./replica.thread.ts", import.meta.url).href];
  const code = `import { register } from ${JSON.stringify(tsx)}; register(); await import(${JSON.stringify(source)});`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}
