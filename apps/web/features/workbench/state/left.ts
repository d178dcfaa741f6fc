import type { WorkItem } from "@touchstone/contracts";
import type { WorkbenchState } from "./workbench-state.ts";

/**
 * How many tasks wait for this person in this project; null while unknown. Done and waiting add up to the same number
 * whenever the list was fetched, so what was done since is taken off without knowing when that was. A task that is on
 * the screen waits, and still does after a reload.
 */
export function leftOf(item: WorkItem | undefined, work: WorkbenchState): number | null {
  // Nobody knows it of a project that rests, or of tasks that wait for something: they may come, or not at all.
  if (work.standing !== "open" || item?.paused) return null;
  if (work.phase === "empty") return work.waits.length > 0 ? null : 0;
  if (!item || work.done === null) return null;
  const waiting = item.waiting ?? item.available + work.queue.length;
  const done = item.total + (item.skipped ?? 0);
  return Math.max(work.queue.length, waiting + done - work.done);
}

/** How many were judged today here; null while nobody has said, which is not the same as none: an archived project tells it to no page. */
export function todayOf(work: WorkbenchState): number | null {
  return work.done === null && work.today === 0 ? null : work.today;
}
