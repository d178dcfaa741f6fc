import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { ArchiveJob, archiveQueueName } from "./queues.ts";

export interface ArchiveQueue {
  enqueue(archive: { id: string; attempt: number }): Promise<void>;
  close(): Promise<void>;
}

/**
 * A job's id holds the attempt, as that of a run its fencing token: adding it twice is one job, and an archive whose worker
 * died gets a new id. How far one is is known to Postgres alone.
 */
export function openArchiveQueue(connection: Redis): ArchiveQueue {
  const queue = new Queue<ArchiveJob>(archiveQueueName, { connection });
  queue.on("error", () => {});
  return {
    async enqueue({ id, attempt }) {
      const options = { jobId: `${id}.${attempt}`, removeOnComplete: true, removeOnFail: true };
      await queue.add("archive", ArchiveJob.parse({ archiveId: id }), options);
    },
    close: () => queue.close(),
  };
}
