import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { askForCount, type Count, unknown } from "./counts.ts";
import { RowLengthsAnswer, RowLengthsJob, rowLengthsQueueName } from "./queues.ts";
import { withinPatience } from "./within-patience.ts";

export interface RowLengthsQueue {
  /**
   * What has been counted, or the beginning of it: asking twice is one job. It answers within seconds and never throws.
   * @param version changes when the rows do
   */
  ask(job: RowLengthsJob, version: string): Promise<Count<RowLengthsAnswer>>;
  close(): Promise<void>;
}

const answer = { prefix: "lengths", read: (value: unknown) => RowLengthsAnswer.safeParse(value).data ?? null };

/** The queue as whoever asks sees it; the connection stays the caller's. */
export function openRowLengthsQueue(connection: Redis): RowLengthsQueue {
  const queue = new Queue<RowLengthsJob, unknown>(rowLengthsQueueName, { connection });
  // Whoever asks is told that Redis is away; unheard, the event would end the process.
  queue.on("error", () => {});
  return {
    ask: (job, version) =>
      withinPatience<Count<RowLengthsAnswer>>(askForCount(queue, RowLengthsJob.parse(job), version, answer), () =>
        unknown("no_queue"),
      ),
    close: () => queue.close(),
  };
}
