import type { Refusals } from "./shape.ts";

/** Why a request is refused, of the installation: its disk, database and threads. */
export const installationRefusals = {
  metricsElsewhere: [
    "forbidden",
    "Metrics are read from the machine itself, or with the token that {name} sets, sent as a bearer token.",
  ],
  threadsBusy: [
    "unavailable",
    "Too much of this kind waits to be worked on, so this was not begun. Try again in a moment.",
  ],
  threadLost: [
    "unavailable",
    "The thread that worked on this ended early, most likely for want of memory, so nothing came of it. Try again; a large file in smaller parts needs less.",
  ],
  callerLeft: ["invalid_request", "The caller left before the answer, so its work was stopped."],
  databaseBusy: [
    "unavailable",
    "The database did not get to this in the time that one request has, and nothing was changed. Try again in a moment.",
  ],
  peopleAtWork: ["unavailable", "People are at work on these tasks; try again in a moment."],
  processEnded: [
    "unavailable",
    "The server was restarted while this was under way, and nothing of it was kept. Begin it again.",
  ],
  rangeOutside: ["range_outside", "The file has {limit} bytes, and the range that was asked for lies outside."],
  diskFull: [
    "unavailable",
    "There is no room left on the disk of this installation, and nothing was kept of this. Whoever runs it makes room; then try again.",
  ],
} as const satisfies Refusals;
