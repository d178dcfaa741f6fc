import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { LabelSetFileJob, labelSetFileQueueName } from "./queues.ts";

export interface LabelSetFileQueue {
  enqueue(file: { id: string; attempt: number }): Promise<void>;
  close(): Promise<void>;
}

/**
 * A job's id holds the attempt, as that of a run its fencing token: adding it twice is one job, and a file whose worker died
 * gets a new id. Whether a file is written is known to Postgres alone.
 */
export function openLabelSetFileQueue(connection: Redis): LabelSetFileQueue {
  const queue = new Queue<LabelSetFileJob>(labelSetFileQueueName, { connection });
  queue.on("error", () => {});
  return {
    async enqueue({ id, attempt }) {
      const options = { jobId: `${id}.${attempt}`, removeOnComplete: true, removeOnFail: true };
      await queue.add("write", LabelSetFileJob.parse({ fileId: id }), options);
    },
    close: () => queue.close(),
  };
}
