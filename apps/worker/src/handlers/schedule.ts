import { ScheduleDraft } from "@touchstone/contracts";
import { ScheduleJob } from "@touchstone/jobs";
import { enabledSchedules, fireSchedule } from "@touchstone/persistence";
import { pauseUnreadable } from "../pause-unreadable.ts";
import type { Services } from "../run/context.ts";

/** `slot` is the moment BullMQ planned the job for: the same job delivered twice fires once. */
export async function handleSchedule(services: Services, payload: unknown, slot: Date): Promise<void> {
  const job = ScheduleJob.parse(payload);
  // A job of an earlier version may come before the queue was compared with Postgres.
  await pauseUnreadable(services);
  if (job.kind === "cron") {
    await fireSchedule(services.db, job.scheduleId, slot);
    return;
  }
  for (const schedule of await enabledSchedules(services.db)) {
    if (ScheduleDraft.shape.trigger.parse(schedule.trigger).kind !== "judgements") continue;
    if (await fireSchedule(services.db, schedule.id, slot))
      services.log.info({ scheduleId: schedule.id }, "threshold reached");
  }
}
