import { type DomainError, refused } from "@touchstone/contracts";
import { CronExpressionParser } from "cron-parser";

/** @throws Error when the pattern cannot be read. */
export const nextOf = (pattern: string): Date => CronExpressionParser.parse(pattern, { tz: "UTC" }).next().toDate();

/** The five fields of a pattern, in their order. */
const parts = ["minute", "hour", "day", "month", "weekday"] as const;

/** Why a pattern cannot be read: the field that fits nowhere even alone, else the pattern as a whole. Null where it can be read. */
export function faultOfPattern(pattern: string): DomainError | null {
  if (isReadable(pattern)) return null;
  const at = "trigger.pattern";
  const given = pattern.trim().split(/\s+/);
  const wrong = given.findIndex(
    (_, place) => !isReadable(given.map((part, own) => (own === place ? part : "*")).join(" ")),
  );
  const said = given[wrong];
  const kind = parts[wrong];
  if (given.length !== parts.length || said === undefined || kind === undefined)
    return refused("cronPattern", { pattern, at });
  return refused("cronPart", { said, kind, pattern, at });
}

function isReadable(pattern: string): boolean {
  try {
    nextOf(pattern);
    return true;
  } catch {
    return false;
  }
}
