import { createHash } from "node:crypto";
import type { FitUnknown } from "@touchstone/contracts";
import type { Job, Queue } from "bullmq";

/** How far a count is that a worker makes. */
export type Count<Counted> =
  | { readonly state: "counting" }
  | { readonly state: "unknown"; readonly why: FitUnknown }
  | { readonly state: "counted"; readonly counted: Counted };

/** The answer lies with the finished job and nowhere else: it can be counted again at any time. Ages in seconds. */
const retention = { removeOnComplete: { age: 3_600, count: 1_000 }, removeOnFail: { age: 3_600, count: 100 } };
/** Of one workspace: they are counted one after another, and what is counted changes while they wait, which makes new ones. */
const mostWaiting = 3;
/** What failed is tried again after so many milliseconds, if somebody still asks. */
const againMs = 30_000;
/** After this many milliseconds without an answer, whoever asks is told that it takes long; the job stays. */
const slowMs = 60_000;

/**
 * What has been counted, or the beginning of it: asking twice for the same is one job.
 *
 * @param payload what is counted; with `version`, which changes when the answer does, it names the job
 * @param read the answer of a finished job; null where it has none yet, having been read between two writes
 */
export async function askForCount<Payload extends { readonly workspaceId: string }, Counted>(
  queue: Queue<Payload, unknown>,
  payload: Payload,
  version: string,
  { prefix, read }: { readonly prefix: string; read(answer: unknown): Counted | null },
): Promise<Count<Counted>> {
  const jobId = `${prefix}-${createHash("sha256")
    .update(JSON.stringify([payload, version]))
    .digest("hex")}`;
  const job = (await queue.getJob(jobId)) ?? (await begin(queue, payload, jobId));
  if (job === null) return (await queue.getWorkersCount()) === 0 ? unknown("no_worker") : { state: "counting" };
  if (await job.isFailed()) {
    if (Date.now() - (job.finishedOn ?? 0) > againMs) await job.remove();
    return unknown("failed");
  }
  if (await job.isCompleted()) {
    const counted = read(job.returnvalue);
    return counted === null ? { state: "counting" } : { state: "counted", counted };
  }
  if ((await queue.getWorkersCount()) === 0) return unknown("no_worker");
  return Date.now() - job.timestamp > slowMs ? unknown("slow") : { state: "counting" };
}

/** Whoever has no room asks again, as a form does, and gets it when one of those before is done. */
async function begin<Payload extends { readonly workspaceId: string }>(
  queue: Queue<Payload, unknown>,
  payload: Payload,
  jobId: string,
): Promise<Job | null> {
  const waiting = await queue.getJobs(["waiting", "active"]);
  if (waiting.filter((job) => job?.data.workspaceId === payload.workspaceId).length >= mostWaiting) return null;
  return queue.add("count" as never, payload as never, { jobId, ...retention });
}

export function unknown(why: FitUnknown): { readonly state: "unknown"; readonly why: FitUnknown } {
  return { state: "unknown", why };
}
