import type { LocalStore } from "../local-store.ts";

/** Work without a break, as this browser keeps it: by the date, which all windows and pages of it have in common. */
export interface SteadyWork {
  readonly ms: number;
  /** When something moved last. */
  readonly lastAt: number;
  /** At how much work a break was suggested last. */
  readonly toldMs: number;
}

/** Who has not moved for so long has had a break. Long texts are read without touching anything for less than that. */
export const breakMs = 5 * 60_000;

/** Minutes after which a break is suggested, unless somebody says otherwise for themselves; null: never. */
export const usualMinutes = 50;
export const minutesToChoose = [20, 30, 40, 50, 60, 90] as const;

/** Something moved: the time since the last movement was work, whoever of several windows saw that one. */
export function noteWork(before: SteadyWork | null, at: number): SteadyWork {
  const gap = before ? at - before.lastAt : 0;
  if (!before || gap >= breakMs) return { ms: 0, lastAt: at, toldMs: 0 };
  // A clock that was set back tells nothing of the time between.
  return { ...before, ms: before.ms + Math.max(0, gap), lastAt: at };
}

/** Whether it is time to suggest a break: after so many minutes, and after as many more where nobody took one. */
export function isDue({ ms, toldMs }: SteadyWork, minutes: number | null): boolean {
  return minutes !== null && ms - toldMs >= minutes * 60_000;
}

const keyOf = (what: "work" | "break", memberId: string): string => `touchstone-${what} ${memberId}`;

export function readWork(store: LocalStore, memberId: string): SteadyWork | null {
  const [ms, lastAt, toldMs] = (store.read(keyOf("work", memberId)) ?? "").split(" ").map(Number);
  if (ms === undefined || lastAt === undefined || toldMs === undefined) return null;
  return [ms, lastAt, toldMs].every(Number.isFinite) ? { ms, lastAt, toldMs } : null;
}

export function keepWork(store: LocalStore, memberId: string, { ms, lastAt, toldMs }: SteadyWork): void {
  store.write(keyOf("work", memberId), [ms, lastAt, toldMs].join(" "));
}

/** After how many minutes this person wants a break suggested; null: never. */
export function minutesOf(store: LocalStore, memberId: string): number | null {
  const kept = store.read(keyOf("break", memberId));
  if (kept === "never") return null;
  return minutesToChoose.find((one) => String(one) === kept) ?? usualMinutes;
}

export function chooseMinutes(store: LocalStore, memberId: string, minutes: number | null): void {
  store.write(keyOf("break", memberId), minutes === null ? "never" : String(minutes));
}
