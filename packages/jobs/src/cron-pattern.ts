import { type DomainError, refused } from "@touchstone/contracts";
import { CronExpressionParser } from "cron-parser";

/** @throws Error when the pattern cannot be read. */
export const nextOf = (pattern: string): Date => CronExpressionParser.parse(pattern, { tz: "UTC" }).next().toDate();

/** The five fields of a pattern, in their order. */
const parts = ["minute", "hour", "day", "month", "weekday"] as const;

/** The words that stand for months and weekdays. */
const names = /jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun/gi;
/** What is left is digits and signs. The parser's own H, drawn anew at each look, would name no time at all. */
const standard = /^[\d*,/?L#-]+$/i;

/** Why a pattern cannot be read: the field that fits nowhere even alone, else the pattern as a whole. Null where it can be read. */
export function faultOfPattern(pattern: string): DomainError | null {
  const given = pattern.trim().split(/\s+/);
  if (given.length === parts.length && given.every(isStandard) && isReadable(pattern)) return null;
  const at = "trigger.pattern";
  const wrong = given.findIndex(
    (said, place) => !isStandard(said) || !isReadable(given.map((part, own) => (own === place ? part : "*")).join(" ")),
  );
  const said = given[wrong];
  const kind = parts[wrong];
  if (given.length !== parts.length || said === undefined || kind === undefined)
    return refused("cronPattern", { pattern, at });
  return refused("cronPart", { said, kind, pattern, at });
}

function isStandard(said: string): boolean {
  return standard.test(said.replaceAll(names, "1"));
}

function isReadable(pattern: string): boolean {
  try {
    nextOf(pattern);
    return true;
  } catch {
    return false;
  }
}
