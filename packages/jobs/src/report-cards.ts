import type { FitUnknown } from "@touchstone/contracts";
import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { ReportCardJob, reportCardQueueName } from "./queues.ts";
import { withinPatience } from "./within-patience.ts";

export interface ReportCardQueue {
  /** Has a card made, or finds it being made: asking twice is one job. It answers within seconds and never throws. */
  ask(job: ReportCardJob): Promise<"evaluating" | FitUnknown>;
  close(): Promise<void>;
}

/** The card lies with its model; of the job nothing is needed when it is done. Ages in seconds. */
const retention = { removeOnComplete: true, removeOnFail: { age: 3_600, count: 100 } };
/** What failed is tried again after so many milliseconds, if somebody still asks. */
const againMs = 600_000;

/** The queue as whoever asks sees it; the connection stays the caller's. */
export function openReportCardQueue(connection: Redis): ReportCardQueue {
  const queue = new Queue<ReportCardJob, unknown>(reportCardQueueName, { connection });
  // Whoever asks is told that Redis is away; unheard, the event would end the process.
  queue.on("error", () => {});
  return {
    ask: (job) => withinPatience(askFor(queue, ReportCardJob.parse(job)), () => "no_queue"),
    close: () => queue.close(),
  };
}

async function askFor(
  queue: Queue<ReportCardJob, unknown>,
  payload: ReportCardJob,
): Promise<"evaluating" | FitUnknown> {
  const jobId = `card-${payload.modelId}`;
  const known = await queue.getJob(jobId);
  if (known && (await known.isFailed())) {
    if (Date.now() - (known.finishedOn ?? 0) <= againMs) return "failed";
    await known.remove();
  }
  await queue.add("evaluate", payload, { jobId, ...retention });
  return (await queue.getWorkersCount()) === 0 ? "no_worker" : "evaluating";
}
