import type { Refusals } from "./shape.ts";

/** Why a request is refused, of schedules. */
export const scheduleRefusals = {
  tooManySchedules: [
    "too_many_requests",
    "This workspace has as many schedules as it may ({limit}). Delete one that nobody needs.",
  ],
  cronPattern: [
    "invalid_value",
    "This cron pattern is not valid: {pattern}. Use five fields, for example “0 3 * * *” for every night at three (UTC).",
  ],
  cronPart: [
    "invalid_value",
    "“{said}” does not fit the {kind} of this cron pattern: {pattern}. “0 3 * * *”, for example, is every night at three (UTC).",
  ],
} as const satisfies Refusals;
