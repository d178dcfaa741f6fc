import { ScheduleDraft } from "@touchstone/contracts";
import type { ArchiveQueue, LabelSetFileQueue, RunQueues, ScheduleQueue } from "@touchstone/jobs";
import {
  drainOutbox,
  enabledSchedules,
  pendingArchives,
  pendingLabelSetFiles,
  pendingRuns,
  runWorkspaces,
} from "@touchstone/persistence";
import { pauseUnreadable } from "./pause-unreadable.ts";
import type { Services } from "./run/context.ts";

export interface Queues {
  runs: RunQueues;
  schedules: ScheduleQueue;
  labelSetFiles: LabelSetFileQueue;
  archives: ArchiveQueue;
}

/** Keeps what Postgres promised: runs to their queues, news of runs to the sockets. */
export async function keepPromises(services: Services, queues: Queues): Promise<void> {
  await drainOutbox(services.db, ["run", "run-changed", "label-set-file", "archive"], async (promises) => {
    const keys = (topic: string) => promises.filter((promise) => promise.topic === topic).map((promise) => promise.key);
    for (const run of await pendingRuns(services.db, keys("run"))) await queues.runs.enqueue(run);
    for (const file of await pendingLabelSetFiles(services.db, keys("label-set-file"))) {
      await queues.labelSetFiles.enqueue(file);
    }
    for (const archive of await pendingArchives(services.db, keys("archive"))) await queues.archives.enqueue(archive);
    for (const run of await runWorkspaces(services.db, [...keys("run"), ...keys("run-changed")])) {
      services.broadcast({ type: "run-changed", ...run });
    }
  });
}

/** Puts back whatever Redis should hold and does not: it may be emptied at any time, and nothing is lost. */
export async function putBack(services: Services, queues: Queues): Promise<void> {
  for (const run of await pendingRuns(services.db)) await queues.runs.enqueue(run);
  for (const file of await pendingLabelSetFiles(services.db)) await queues.labelSetFiles.enqueue(file);
  for (const archive of await pendingArchives(services.db)) await queues.archives.enqueue(archive);
  await pauseUnreadable(services);
  const crons = (await enabledSchedules(services.db)).flatMap((schedule) => {
    const trigger = ScheduleDraft.shape.trigger.parse(schedule.trigger);
    return trigger.kind === "cron" ? [{ id: schedule.id, pattern: trigger.pattern }] : [];
  });
  await queues.schedules.reconcile(crons);
}
