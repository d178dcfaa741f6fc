import { Worker } from "node:worker_threads";
import type { RunEngine, RunFact, SentenceValues } from "@touchstone/contracts";
import type { Files } from "./files.ts";
import type { FromThread, ThreadJob, ToThread } from "./thread-messages.ts";

export interface ThreadListener {
  onEngine(engine: RunEngine): Promise<void>;
  onMetric(step: number, totalSteps: number, values: Record<string, number>): Promise<void>;
  onCheckpoint(step: number, files: Files): Promise<void>;
  onNote(message: string, fact: RunFact | undefined): Promise<void>;
}

type Result = Extract<FromThread, { type: "trained" | "generated" | "evaluated" | "imported" }>;

/** A training run that ended in words meant for people. */
export class RunFailure extends Error {
  override readonly name = "RunFailure";
  readonly code: string;
  readonly values: SentenceValues;
  /** Which of the things it is that the code stands for; see `trainingReasons`. */
  readonly reason: string | undefined;
  constructor(code: string, message: string, values: SentenceValues = {}, reason?: string) {
    super(message);
    this.code = code;
    this.values = values;
    this.reason = reason;
  }
}

/** From source the entry is TypeScript, in a bundle it lies beside it as JavaScript. */
function entry(): URL {
  return new URL(import.meta.url.endsWith(".ts") ? "./training.thread.ts" : "./training.thread.js", import.meta.url);
}

/** The step under way at a stop gets this long to end with a checkpoint, in ms; whoever stops a worker waits longer. */
const lastStepMs = 10_000;

/**
 * Runs a job in its own thread. `stop` aborting asks the trainer for a last checkpoint and then rejects with code
 * `cancelled`; where its step takes too long for that, the last checkpoint before is the one to go on from. `kill` aborting
 * ends the thread at once (the run is no longer ours).
 */
export async function runInThread(
  job: ThreadJob,
  listener: ThreadListener,
  stop: AbortSignal,
  kill: AbortSignal,
): Promise<Result> {
  const thread = new Worker(entry(), { workerData: job });
  const tell = (message: ToThread) => thread.postMessage(message);
  let patience: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Result>((resolve, reject) => {
      const cancel = () => {
        tell({ type: "cancel" });
        const late = new RunFailure("cancelled", "The step under way took too long to wait for.");
        patience = setTimeout(() => reject(late), lastStepMs);
      };
      stop.addEventListener("abort", cancel, { once: true });
      if (stop.aborted) cancel();
      kill.addEventListener("abort", () => reject(kill.reason), { once: true });
      thread.once("error", (error) => reject(new RunFailure("internal", error.message)));
      // Messages are handled strictly one after the other, so that a checkpoint never overtakes the metrics before it.
      let queue = Promise.resolve();
      thread.on("message", (message: FromThread) => {
        queue = queue.then(() => handle(message)).catch(reject);
      });
      // The thread may be gone while its last messages still wait here, so its end waits behind them.
      thread.once("exit", (code) => {
        queue = queue.then(() => reject(new RunFailure("internal", `The training thread ended early (${code}).`)));
      });
      const handle = async (message: FromThread): Promise<void> => {
        switch (message.type) {
          case "engine":
            return listener.onEngine(message.engine);
          case "metric":
            return listener.onMetric(message.step, message.totalSteps, message.values);
          case "checkpoint":
            await listener.onCheckpoint(message.step, message.files);
            return tell({ type: "saved", step: message.step });
          case "note":
            return listener.onNote(message.message, message.fact);
          case "failed": {
            const { code, message: sentence, values, reason } = message.error;
            return reject(new RunFailure(code, sentence, values, reason));
          }
          default:
            return resolve(message);
        }
      };
    });
  } finally {
    clearTimeout(patience);
    await thread.terminate();
  }
}
