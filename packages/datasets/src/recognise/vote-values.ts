import type { ColumnMapping } from "@touchstone/contracts";
import { plainName } from "./names.ts";

type Values = NonNullable<ColumnMapping["values"]>;

/** What the file's votes may call each of their two sides besides the usual words. */
export interface SideNames {
  readonly a: readonly string[];
  readonly b: readonly string[];
}

const words = {
  a: [
    "a",
    "model_a",
    "response_a",
    "answer_a",
    "left",
    "first",
    "a_better",
    "a_wins",
    "win_a",
    "option_a",
    "assistant_a",
    "甲",
    "左",
    "左边",
  ],
  b: [
    "b",
    "model_b",
    "response_b",
    "answer_b",
    "right",
    "second",
    "b_better",
    "b_wins",
    "win_b",
    "option_b",
    "assistant_b",
    "乙",
    "右",
    "右边",
  ],
  tie: ["tie", "draw", "equal", "same", "both_good", "no_preference", "tied", "差不多", "平", "平局", "一样"],
  bothBad: ["both_bad", "bothbad", "tie_bothbad", "tie_both_bad", "neither", "both_are_bad", "都不好", "都差"],
} as const;

export interface VoteReading {
  readonly values: Values;
  /** Whether it was assumed which sign is for which side. */
  readonly assumed: boolean;
}

/**
 * What the values of a vote column mean, by the words that occur. Null where even one of them cannot be told: a vote
 * is never guessed.
 */
export function readVoteValues(found: readonly string[], sides: SideNames): VoteReading | null {
  if (found.length === 0) return null;
  if (isGraded(found)) return { values: grades(found), assumed: true };
  const values: Values = { a: [], b: [], tie: [], bothBad: [], grades: {} };
  const numbered = [...sides.a, ...sides.b].some((name) => /^\d+$/.test(name));
  for (const value of found) {
    const meaning = meaningOf(value, sides, numbered);
    if (meaning === null) return null;
    values[meaning].push(value);
  }
  // Zeros alone say nothing of what the other numbers would be.
  return found.every((value) => Number(value) === 0) ? null : { values, assumed: false };
}

function meaningOf(value: string, sides: SideNames, numbered: boolean): "a" | "b" | "tie" | "bothBad" | null {
  const plain = plainName(value).replace(/^(\d+)_0$/, "$1");
  if (sides.a.includes(plain)) return "a";
  if (sides.b.includes(plain)) return "b";
  for (const side of ["a", "b", "tie", "bothBad"] as const) {
    if (words[side].some((word) => word === plain)) return side;
  }
  // Sides called 1 and 2 leave 0 for a tie; where they are called a and b, nobody knows what 0 and 1 are.
  return numbered && plain === "0" ? "tie" : null;
}

/** Whole numbers from −3 to 3 with a negative one among them. */
function isGraded(found: readonly string[]): boolean {
  const numbers = found.map(Number);
  return (
    found.every((value) => value.trim() !== "") &&
    numbers.every((number) => Number.isInteger(number) && Math.abs(number) <= 3) &&
    numbers.some((number) => number < 0)
  );
}

/** Published sets with such grades (HelpSteer2, HelpSteer3) have the first answer on the negative side. */
function grades(found: readonly string[]): Values {
  // −0 would be another value than 0 in JSON.
  const graded = found.map((value) => [value, Number(value) === 0 ? 0 : -Number(value)]);
  return { a: [], b: [], tie: [], bothBad: [], grades: Object.fromEntries(graded) };
}
