import type { Timings } from "@touchstone/contracts";

/**
 * Honest timing of one task, on the person's own monotonic clock (milliseconds). `visible`: the page was in sight.
 * `active`: in sight, and something moved within the last half minute; long texts are read without touching anything,
 * so less would punish slow readers.
 */
export interface Timing {
  readonly shownAt: number;
  /** Since when it has been in sight; null while it is not. */
  readonly visibleSince: number | null;
  readonly visibleMs: number;
  readonly lastActivityAt: number;
  readonly activeMs: number;
  readonly firstScrollMs: number | null;
}

const activityHoldsMs = 30_000;

/** Starts with the task on the screen, or goes on from a draft that a reload had cut off. */
export function startTiming(now: number, visible: boolean, before?: Timings): Timing {
  return {
    shownAt: now,
    visibleSince: visible ? now : null,
    visibleMs: before?.visibleMs ?? 0,
    lastActivityAt: now,
    activeMs: before?.activeMs ?? 0,
    firstScrollMs: before?.firstScrollMs ?? null,
  };
}

/** Something moved: a key, the pointer, a finger. */
export function noteActivity(timing: Timing, now: number): Timing {
  if (timing.visibleSince === null) return timing;
  return { ...timing, activeMs: timing.activeMs + activeSince(timing, now), lastActivityAt: now };
}

export function noteScroll(timing: Timing, now: number): Timing {
  const active = noteActivity(timing, now);
  return active.firstScrollMs === null ? { ...active, firstScrollMs: visibleBy(timing, now) } : active;
}

export function noteVisibility(timing: Timing, visible: boolean, now: number): Timing {
  if (visible === (timing.visibleSince !== null)) return timing;
  if (visible) return { ...timing, visibleSince: now, lastActivityAt: now };
  const active = noteActivity(timing, now);
  return { ...active, visibleMs: visibleBy(timing, now), visibleSince: null };
}

export function readTiming(timing: Timing, now: number): Timings {
  const active = timing.visibleSince === null ? 0 : activeSince(timing, now);
  return {
    visibleMs: whole(visibleBy(timing, now)),
    activeMs: whole(timing.activeMs + active),
    firstScrollMs: timing.firstScrollMs === null ? null : whole(timing.firstScrollMs),
  };
}

function visibleBy(timing: Timing, now: number): number {
  return timing.visibleMs + (timing.visibleSince === null ? 0 : now - timing.visibleSince);
}

function activeSince(timing: Timing, now: number): number {
  return Math.min(now - timing.lastActivityAt, activityHoldsMs);
}

/** A day is the most that the contract takes; a tab left open over night is not an error. */
function whole(milliseconds: number): number {
  return Math.min(86_400_000, Math.max(0, Math.round(milliseconds)));
}
