import { parentPort, workerData } from "node:worker_threads";
import { openEngine } from "@touchstone/engine";
import { trainAsMember } from "../training/run-trainer.ts";
import { failureOf, type ReplicaEnd, type ReplicaJob } from "./replica-messages.ts";
import { joinTeam, type Sleep } from "./shared-team.ts";

/** One of the threads that share a run, rank 1 and up. It says nothing unless it fails: its gradients are its work. */
const port = parentPort;
if (!port) throw new Error("replica.thread.ts runs as a worker thread only");

/** Nothing else waits for this thread's turn, and whoever leads the team ends it should the team fall apart. */
const sleep: Sleep = (words, index, value) => {
  Atomics.wait(words, index, value);
};

async function work({ request, judgeName, memory, rank, size, backend, fingerprint }: ReplicaJob): Promise<void> {
  const engine = await openEngine({ prefer: backend, workers: size });
  if (engine.fingerprint !== fingerprint) {
    throw new Error(
      `Thread ${rank + 1} of ${size} opened another engine than the first: ${engine.fingerprint} instead of ${fingerprint}.`,
    );
  }
  const judge = judgeName === undefined ? undefined : { name: judgeName, score: () => [] };
  await trainAsMember({ ...request, judge, engine, team: joinTeam(memory, rank, size, sleep) });
}

const say = (end: ReplicaEnd) => port.postMessage(end);
try {
  const job: ReplicaJob = workerData;
  await work(job);
  say("done");
} catch (error) {
  say(failureOf(error));
}
