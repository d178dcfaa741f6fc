import { parentPort, workerData } from "node:worker_threads";
import { openEngine } from "@touchstone/engine";
import {
  describeModel,
  evaluateReward,
  folderFeatureCache,
  runTrainer,
  TrainingError,
  withFreshAnswers,
} from "@touchstone/rlhf";
import { answersOf } from "./answers-of.ts";
import { readModel } from "./read-model.ts";
import type { FromThread, ThreadJob, ToThread } from "./thread-messages.ts";

/**
 * The one place where TensorFlow runs, off the worker's event loop: heartbeats and sockets go on while a step takes
 * its time. It knows nothing of Postgres; data and models come in, metrics, checkpoints and files go out.
 */
const port = parentPort;
if (!port) throw new Error("training.thread.ts runs as a worker thread only");
const send = (message: FromThread) => port.postMessage(message);
const cancel = new AbortController();
const saved = new Map<number, () => void>();
port.on("message", (message: ToThread) => {
  if (message.type === "cancel") cancel.abort();
  else saved.get(message.step)?.();
});

/** Lets the port's messages in between two steps. */
const breathe = () => new Promise((resume) => setImmediate(resume));

/** Milliseconds between two words on how far generation is. */
const progressMs = 1_000;

/** Passes on what it is told, and leaves out what comes sooner than that after the last. */
function atMostEvery<T extends unknown[]>(milliseconds: number, pass: (...values: T) => void): (...values: T) => void {
  let last = 0;
  return (...values) => {
    if (Date.now() - last < milliseconds) return;
    last = Date.now();
    pass(...values);
  };
}

async function work(job: ThreadJob): Promise<void> {
  // Reading takes no engine.
  if (job.type === "import") return send(readModel(job, (message, fact) => send({ type: "note", message, fact })));
  const engine = await openEngine({ prefer: job.engine, workers: job.type === "train" ? job.workers : 1 });
  const { backend, reason, fingerprint, passedOver } = engine;
  send({ type: "engine", engine: { backend, reason, fingerprint, passedOver: [...passedOver] } });
  if (job.type === "evaluate") {
    const { reward, policy, comparisons, ratings } = job;
    const { signal } = cancel;
    send({ type: "evaluated", card: await evaluateReward({ engine, reward, policy, comparisons, ratings, signal }) });
    return;
  }
  if (job.type === "generate") {
    const { answers, gain } = await answersOf(job, {
      engine,
      signal: cancel.signal,
      onProgress: atMostEvery(progressMs, (step: number, totalSteps: number) =>
        send({ type: "metric", step, totalSteps, values: {} }),
      ),
    });
    send({ type: "generated", answers, gain });
    return;
  }
  const result = await runTrainer({
    ...job,
    features: folderFeatureCache(job.featuresFolder),
    engine,
    signal: cancel.signal,
    onMetric: async (step, values, totalSteps) => {
      send({ type: "metric", step, values: { ...values }, totalSteps });
      await breathe();
    },
    onCheckpoint: (step, files) =>
      new Promise<void>((resume) => {
        saved.set(step, resume);
        send({ type: "checkpoint", step, files });
      }),
    onNote: (message, fact) => send({ type: "note", message, fact }),
  });
  const { policy } = job.models;
  const { data, seed } = job;
  const files = policy
    ? await withFreshAnswers(result.files, { engine, policy, data, seed, signal: cancel.signal })
    : result.files;
  const { kind, parameters, tokenizerSha256, sha256 } = describeModel(files);
  send({
    type: "trained",
    files,
    metrics: { ...result.metrics },
    model: { kind, parameters, tokenizerSha256, sha256 },
  });
}

try {
  const job: ThreadJob = workerData;
  await work(job);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  const { code, values, reason } =
    error instanceof TrainingError ? error : { code: "internal", values: {}, reason: undefined };
  send({ type: "failed", error: { code, message, values, reason } });
} finally {
  port.close();
}
