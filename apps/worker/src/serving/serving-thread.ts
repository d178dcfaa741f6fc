import { Worker } from "node:worker_threads";
import { refused } from "@touchstone/contracts";
import type { ServingNews } from "@touchstone/jobs";
import type { Environment } from "../environment.ts";
import type { FromServingThread, ModelToServe, ToServingThread } from "./thread-messages.ts";

/** From source the entry is TypeScript, in a bundle it lies beside it as JavaScript. */
function entry(): URL {
  return new URL(import.meta.url.endsWith(".ts") ? "./serving.thread.ts" : "./serving.thread.js", import.meta.url);
}

type Question = Omit<Extract<ToServingThread, { type: "ask" }>, "call"> | { type: "load"; model: ModelToServe };

/** What of a policy's files goes over without a copy, which half a billion weights make 2 GB: nobody here reads them again. */
function movable({ kind, files }: ModelToServe): ArrayBuffer[] {
  if (kind !== "policy") return [];
  return [...files.values()].flatMap(({ buffer, byteLength }) =>
    buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [],
  );
}

/** The thread in which models are kept and answer; started when one is asked for first, and anew after it was lost. */
export class ServingThread {
  readonly #engine: Environment["TOUCHSTONE_ENGINE"];
  readonly #onLost: (error: Error | undefined) => void;
  readonly #calls = new Map<number, (news: ServingNews) => void>();
  #worker: Worker | undefined;
  #next = 0;

  /** @param onLost the thread is gone, and with it every model that was in it */
  constructor(engine: Environment["TOUCHSTONE_ENGINE"], onLost: (error: Error | undefined) => void) {
    this.#engine = engine;
    this.#onLost = onLost;
  }

  /** @returns how to leave: nothing is heard of it after that */
  ask(question: Question, hear: (news: ServingNews) => void): () => void {
    const call = this.#next++;
    this.#calls.set(call, hear);
    this.#send({ ...question, call });
    return () => {
      if (this.#calls.delete(call)) this.#send({ type: "leave", call });
    };
  }

  load(model: ModelToServe): Promise<ServingNews> {
    return new Promise((resolve) => this.ask({ type: "load", model }, resolve));
  }

  drop(modelId: string): void {
    if (this.#worker) this.#send({ type: "drop", modelId });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #send(message: ToServingThread): void {
    this.#running().postMessage(message, message.type === "load" ? movable(message.model) : []);
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(entry(), { workerData: { engine: this.#engine } });
    let failure: Error | undefined;
    worker.on("error", (error) => {
      failure = error instanceof Error ? error : new Error(String(error));
    });
    worker.on("message", ({ call, news }: FromServingThread) => {
      const hear = this.#calls.get(call);
      if (news.type === "done" || news.type === "failed") this.#calls.delete(call);
      hear?.(news);
    });
    worker.on("exit", () => {
      this.#worker = undefined;
      const waiting = [...this.#calls.values()];
      this.#calls.clear();
      this.#onLost(failure);
      for (const hear of waiting) hear({ type: "failed", error: refused("servingBrokeOff").toData() });
    });
    this.#worker = worker;
    return worker;
  }
}
