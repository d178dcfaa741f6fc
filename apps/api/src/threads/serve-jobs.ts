import { setPriority } from "node:os";
import { toDomainError } from "../plugins/problem-of.ts";
import type { Job, Jobs, Outcome, Task, Word } from "./messages.ts";

/** Where all cores are wanted, a thread gets a third of what the one that serves people gets. */
const niceness = 5;

/**
 * What a thread of a `ThreadPool` does with each task: the job of its name. Of one that makes chunks, the next is begun when
 * the last has been taken, so that no more than one waits, however slow whoever takes them is.
 */
export function serveJobs(jobs: Jobs): (task: Task) => Promise<Outcome> {
  giveWay();
  return async (task) => {
    try {
      const job = jobs[task.name];
      if (!job) throw new Error(`There is no job called ${task.name}.`);
      return { result: await work(job, task) };
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      return { error: toDomainError(error).toData(), stack: error.stack };
    } finally {
      task.port.close();
    }
  };
}

async function work(job: Job, { input, port }: Task): Promise<unknown> {
  const stop = new AbortController();
  let goOn = () => {};
  port.on("message", (word: Word) => {
    if (word === "stop") stop.abort();
    goOn();
  });
  // Who has named the job has given its input: `ThreadPool` sees to that.
  const made = job(input as never, stop.signal);
  if (made instanceof Promise) return made;
  for await (const chunk of made) {
    const taken = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    port.postMessage(chunk, [chunk.bytes.buffer]);
    await taken;
    stop.signal.throwIfAborted();
  }
  return undefined;
}

/** Below what people wait for at their desks. Only on Linux a priority is that of a thread; elsewhere the whole process has one. */
function giveWay(): void {
  if (process.platform === "linux") setPriority(niceness);
}
