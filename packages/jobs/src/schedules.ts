import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { type ScheduleJob, scheduleQueueName } from "./queues.ts";

/** How often thresholds are looked at, in milliseconds: soon enough for a person, cheap enough to forget. */
const thresholdEveryMs = 5_000;

export interface ScheduleQueue {
  /** Makes BullMQ's job schedulers equal to these cron schedules, plus the one that checks thresholds. */
  reconcile(crons: { id: string; pattern: string }[]): Promise<void>;
  close(): Promise<void>;
}

export function openScheduleQueue(connection: Redis): ScheduleQueue {
  const queue = new Queue<ScheduleJob>(scheduleQueueName, { connection });
  queue.on("error", () => {});
  const options = { removeOnComplete: true, removeOnFail: true };
  return {
    async reconcile(crons) {
      await queue.upsertJobScheduler(
        "thresholds",
        { every: thresholdEveryMs },
        { name: "check", data: { kind: "check" }, opts: options },
      );
      for (const { id, pattern } of crons) {
        const job: ScheduleJob = { kind: "cron", scheduleId: id };
        await queue.upsertJobScheduler(id, { pattern, tz: "UTC" }, { name: "cron", data: job, opts: options });
      }
      const wanted = new Set(["thresholds", ...crons.map((cron) => cron.id)]);
      for (const { key } of await queue.getJobSchedulers()) if (!wanted.has(key)) await queue.removeJobScheduler(key);
    },
    close: () => queue.close(),
  };
}
