import { LabelFitCounts, type LabelFitView } from "@touchstone/contracts";
import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { askForCount, unknown } from "./counts.ts";
import { LabelFitJob, labelFitQueueName } from "./queues.ts";
import { withinPatience } from "./within-patience.ts";

export interface LabelFitQueue {
  /**
   * What has been counted, or the beginning of it: asking twice is one job. It answers within seconds and never throws.
   * @param version changes when the labels do
   */
  ask(job: LabelFitJob, version: string): Promise<LabelFitView>;
  close(): Promise<void>;
}

const answer = { prefix: "fit", read: (value: unknown) => LabelFitCounts.safeParse(value).data ?? null };

/** The queue as whoever asks sees it; the connection stays the caller's. */
export function openLabelFitQueue(connection: Redis): LabelFitQueue {
  const queue = new Queue<LabelFitJob, unknown>(labelFitQueueName, { connection });
  // Whoever asks is told that Redis is away; unheard, the event would end the process.
  queue.on("error", () => {});
  const ask = async (job: LabelFitJob, version: string): Promise<LabelFitView> => {
    const count = await askForCount(queue, LabelFitJob.parse(job), version, answer);
    return count.state === "counted" ? { state: "counted", ...count.counted } : count;
  };
  return {
    ask: (job, version) => withinPatience<LabelFitView>(ask(job, version), () => unknown("no_queue")),
    close: () => queue.close(),
  };
}
