import type { Capability } from "@touchstone/contracts";
import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { RunJob, runQueueName } from "./queues.ts";

export interface RunQueues {
  enqueue(run: { id: string; fencingToken: number; capability: Capability }): Promise<void>;
  close(): Promise<void>;
}

/**
 * A run's job id holds its fencing token: adding it twice is one job, and a run whose worker died gets a new id.
 * Finished jobs are removed, since whether a run is finished is known to Postgres alone.
 */
export function openRunQueues(connection: Redis): RunQueues {
  const queues = {
    cpu: new Queue<RunJob>(runQueueName("cpu"), { connection }),
    gpu: new Queue<RunJob>(runQueueName("gpu"), { connection }),
  };
  for (const queue of Object.values(queues)) queue.on("error", () => {});
  return {
    async enqueue(run) {
      const options = { jobId: `${run.id}.${run.fencingToken}`, removeOnComplete: true, removeOnFail: true };
      await queues[run.capability].add("run", RunJob.parse({ runId: run.id }), options);
    },
    async close() {
      await Promise.all(Object.values(queues).map((queue) => queue.close()));
    },
  };
}
