import type { Refusals } from "./shape.ts";

/** Why a request is refused, of what a request names and is not there. */
export const absentRefusals = {
  notThere: ["not_found", "There is no such {kind}."],
  notYours: ["not_found", "There is no such {kind}, or it is not yours."],
} as const satisfies Refusals;
