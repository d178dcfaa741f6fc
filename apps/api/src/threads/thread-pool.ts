import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { DomainError, refused } from "@touchstone/contracts";
import { Piscina } from "piscina";
import type { Chunk, ChunkOf, InputOf, Jobs, Outcome, ResultOf, Streamed, Task, Whole, Word } from "./messages.ts";

interface ThreadPoolOptions {
  /** The module that a thread runs: it exports `serveJobs(…)`. */
  readonly entry: URL;
  readonly threads: number;
  /** Jobs that one thread works on by turns. */
  readonly jobsPerThread: number;
  /** Jobs that may wait. */
  readonly mostWaiting: number;
  /** What a thread is told of its surroundings. */
  readonly workerData?: unknown;
  /** Told of a thread that ended early, and of what threads themselves say. */
  readonly warn: (details: object, message: string) => void;
}

/** Of work that goes on whoever leaves. */
const neverAborted = new AbortController().signal;

/**
 * Threads for work that would hold the event loop, and with it everybody else. They are started when first needed. One that
 * dies takes its jobs along, which fail with `threadLost`, and is replaced.
 */
export class ThreadPool<All extends Jobs> {
  readonly #options: ThreadPoolOptions;
  #pool: Piscina | undefined;

  constructor(options: ThreadPoolOptions) {
    this.#options = options;
  }

  /**
   * Has a job done. Once `signal` is aborted it is stopped, and its reason thrown when it has stopped.
   *
   * @throws whatever the job throws; DomainError threadLost, threadsBusy.
   */
  async run<Name extends Whole<All>>(
    name: Name,
    input: InputOf<All[Name]>,
    signal = neverAborted,
  ): Promise<ResultOf<All[Name]>> {
    const { value } = await this.#work(name, input, signal).next();
    return value as ResultOf<All[Name]>;
  }

  /** As `run`, for a job that makes chunks: each is made when the one before was taken. Leaving early stops the job. */
  async *stream<Name extends Streamed<All>>(
    name: Name,
    input: InputOf<All[Name]>,
    signal = neverAborted,
  ): AsyncGenerator<ChunkOf<All[Name]>> {
    yield* this.#work(name, input, signal) as AsyncGenerator<ChunkOf<All[Name]>>;
  }

  async close(): Promise<void> {
    await this.#pool?.destroy();
  }

  async *#work(name: string, input: unknown, signal: AbortSignal): AsyncGenerator<Chunk, unknown> {
    signal.throwIfAborted();
    const { port1: port, port2 } = new MessageChannel();
    const say = (word: Word) => port.postMessage(word);
    const stop = () => say("stop");
    signal.addEventListener("abort", stop, { once: true });
    const ended = this.#post({ name, input, port: port2 });
    // It may fail while nobody looks, between two chunks.
    const over = new AbortController();
    ended.catch(() => undefined).finally(() => over.abort());
    try {
      for (;;) {
        const next = await nextOf(port, ended, over.signal);
        signal.throwIfAborted();
        if (!("bytes" in next)) return resultOf(next);
        yield next;
        say("more");
      }
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    } finally {
      signal.removeEventListener("abort", stop);
      stop();
      // What it works on is in use until then.
      await ended.catch(() => undefined);
      port.close();
    }
  }

  /** @throws DomainError: of a job's own errors, each is an outcome. */
  async #post(task: Task): Promise<Outcome> {
    try {
      return await this.#open().run(task, { transferList: [task.port] });
    } catch (error) {
      if (error instanceof Error && /queue is at limit/.test(error.message)) throw refused("threadsBusy");
      this.#options.warn({ err: error, job: task.name }, "a thread ended early");
      throw refused("threadLost");
    }
  }

  #open(): Piscina {
    if (this.#pool) return this.#pool;
    const { entry, threads, jobsPerThread, mostWaiting, workerData, warn } = this.#options;
    const pool = new Piscina({
      ...howToStart(entry),
      minThreads: 1,
      maxThreads: threads,
      idleTimeout: 60_000,
      concurrentTasksPerWorker: jobsPerThread,
      maxQueue: mostWaiting,
      workerData,
      // A thread that waits this way hears nothing of its own connections.
      atomics: "disabled",
      recordTiming: false,
    });
    pool.on("message", (message: unknown) => warn({ message }, "a thread warns"));
    // One that can't even begin leaves those that wait for it without an end.
    pool.on("error", (error) => {
      warn({ err: error }, "a thread did not begin");
      if (this.#pool === pool) this.#pool = undefined;
      void pool.destroy();
    });
    this.#pool = pool;
    return pool;
  }
}

/**
 * The next chunk, or the outcome once it is over. Not by `Promise.race`: of each race the promise that ends last keeps what came
 * of it, so that all of an export would stay in memory until its end.
 */
function nextOf(port: MessagePort, ended: Promise<Outcome>, over: AbortSignal): Promise<Chunk | Outcome> {
  if (over.aborted) return ended;
  return new Promise((resolve) => {
    const onOver = () => {
      port.off("message", onMessage);
      resolve(ended);
    };
    const onMessage = (chunk: Chunk) => {
      over.removeEventListener("abort", onOver);
      resolve(chunk);
    };
    port.once("message", onMessage);
    over.addEventListener("abort", onOver, { once: true });
  });
}

/** @throws DomainError that the job has thrown */
function resultOf(outcome: Outcome): unknown {
  if ("result" in outcome) return outcome.result;
  const { code, message } = outcome.error;
  const error = new DomainError(code, message, outcome.error);
  if (outcome.stack !== undefined) error.stack = outcome.stack;
  throw error;
}

/** From source the entry is TypeScript, which a thread has to be taught. */
function howToStart(entry: URL): { filename: string; execArgv?: string[] } {
  const filename = fileURLToPath(entry);
  if (!filename.endsWith(".ts")) return { filename };
  return { filename, execArgv: ["--require", createRequire(import.meta.url).resolve("tsx/cjs")] };
}
