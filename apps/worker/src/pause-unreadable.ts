import { ScheduleDraft } from "@touchstone/contracts";
import { faultOfPattern } from "@touchstone/jobs";
import { enabledSchedules, pauseSchedule } from "@touchstone/persistence";
import type { Services } from "./run/context.ts";

/**
 * Pauses schedules with a pattern that an earlier version took and that names no set times: six fields fire each second, H
 * is drawn anew at each look. Nothing of them is lost, and their page says why and what to do.
 */
export async function pauseUnreadable({ db, log }: Pick<Services, "db" | "log">): Promise<void> {
  for (const { id, trigger: stored } of await enabledSchedules(db)) {
    const trigger = ScheduleDraft.shape.trigger.parse(stored);
    if (trigger.kind !== "cron") continue;
    const fault = faultOfPattern(trigger.pattern);
    if (fault && (await pauseSchedule(db, id, trigger.pattern))) {
      log.warn({ scheduleId: id }, `a schedule was paused: ${fault.message}`);
    }
  }
}
