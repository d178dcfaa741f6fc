import type { Range } from "../../text/cut-by.ts";
import type { TextUnits } from "./text-units.ts";

/** The unit from which a selection was begun, and the one up to which it goes: the same where one is selected. */
export interface Cursor {
  readonly anchor: Range;
  readonly focus: Range;
}

export interface Step {
  readonly key: string;
  /** Whether what is selected grows up to the new unit. */
  readonly extend: boolean;
  /** Whether the text runs from right to left, where the left arrow goes on. */
  readonly rtl: boolean;
}

/** Where a key leads that goes along the text; undefined for any other key, null where there is nothing to go to. */
export function stepped(
  cursor: Cursor | null,
  step: Step,
  units: TextUnits,
  length: number,
): Cursor | null | undefined {
  const focus = target(cursor, step, units, length);
  if (focus === undefined) return undefined;
  if (focus === null) return cursor;
  return { anchor: step.extend && cursor ? cursor.anchor : focus, focus };
}

function target(cursor: Cursor | null, { key, rtl }: Step, units: TextUnits, length: number): Range | null | undefined {
  const [onward, back] = rtl ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
  switch (key) {
    case onward:
      return units.at(cursor ? cursor.focus[1] : 0);
    case back:
      return cursor ? units.before(cursor.focus[0]) : units.at(0);
    case "Home":
      return units.at(0);
    case "End":
      return units.before(length);
    default:
      return undefined;
  }
}

/** All that is selected. */
export const stretchOf = ({ anchor, focus }: Cursor): Range => [
  Math.min(anchor[0], focus[0]),
  Math.max(anchor[1], focus[1]),
];
