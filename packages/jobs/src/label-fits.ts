import { createHash } from "node:crypto";
import { type FitUnknown, LabelFitCounts, type LabelFitView } from "@touchstone/contracts";
import { type Job, Queue } from "bullmq";
import type { Redis } from "ioredis";
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

/** The answer lies with the finished job and nowhere else: it can be counted again at any time. Ages in seconds. */
const retention = { removeOnComplete: { age: 3_600, count: 1_000 }, removeOnFail: { age: 3_600, count: 100 } };
/** Of one workspace: they are counted one after another, and its labels change while they wait, which makes new ones. */
const mostWaiting = 3;
/** What failed is tried again after so many milliseconds, if somebody still asks. */
const againMs = 30_000;
/** After this many milliseconds without an answer, whoever asks is told that it takes long; the job stays. */
const slowMs = 60_000;

/** The queue as whoever asks sees it; the connection stays the caller's. */
export function openLabelFitQueue(connection: Redis): LabelFitQueue {
  const queue = new Queue<LabelFitJob, unknown>(labelFitQueueName, { connection });
  // Whoever asks is told that Redis is away; unheard, the event would end the process.
  queue.on("error", () => {});
  return {
    ask: (job, version) => withinPatience(askFor(queue, LabelFitJob.parse(job), version), () => unknown("no_queue")),
    close: () => queue.close(),
  };
}

async function askFor(
  queue: Queue<LabelFitJob, unknown>,
  payload: LabelFitJob,
  version: string,
): Promise<LabelFitView> {
  const key = JSON.stringify([payload, version]);
  const jobId = `fit-${createHash("sha256").update(key).digest("hex")}`;
  const known = await queue.getJob(jobId);
  const job =
    known ?? ((await hasRoom(queue, payload)) ? await queue.add("count", payload, { jobId, ...retention }) : null);
  if (job === null) return (await queue.getWorkersCount()) === 0 ? unknown("no_worker") : { state: "counting" };
  if (await job.isFailed()) {
    if (Date.now() - (job.finishedOn ?? 0) > againMs) await job.remove();
    return unknown("failed");
  }
  if (await job.isCompleted()) return answerOf(job);
  if ((await queue.getWorkersCount()) === 0) return unknown("no_worker");
  return Date.now() - job.timestamp > slowMs ? unknown("slow") : { state: "counting" };
}

/** Whoever has no room asks again, as a form does, and gets it when one of those before is done. */
async function hasRoom(queue: Queue<LabelFitJob, unknown>, { workspaceId }: LabelFitJob): Promise<boolean> {
  const waiting = await queue.getJobs(["waiting", "active"]);
  return waiting.filter((job) => job?.data.workspaceId === workspaceId).length < mostWaiting;
}

/** Finished between two looks, a job may have been read without its answer; the next question finds it. */
function answerOf(job: Job<LabelFitJob, unknown>): LabelFitView {
  const counts = LabelFitCounts.safeParse(job.returnvalue);
  return counts.success ? { state: "counted", ...counts.data } : { state: "counting" };
}

function unknown(why: FitUnknown): LabelFitView {
  return { state: "unknown", why };
}
