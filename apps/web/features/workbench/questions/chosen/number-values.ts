import type { Answer, NumberGrid, Question } from "@touchstone/contracts";

/** Which numbers can be given. */
export function gridOf({ settings: { min, max, step } }: Pick<Question, "settings">): NumberGrid {
  return {
    min: typeof min === "number" ? min : 0,
    max: typeof max === "number" ? max : 100,
    step: typeof step === "number" ? step : 1,
  };
}

/** A number for each answer as shown; null where none is given yet. */
export function valuesOf(draft: Answer | undefined, count: number): (number | null)[] {
  const given: unknown[] = Array.isArray(draft?.values) ? draft.values : [];
  return Array.from({ length: count }, (_, place) => {
    const value = given[place];
    return typeof value === "number" ? value : null;
  });
}

/** Null where no number is left. */
export function withValue(values: readonly (number | null)[], place: number, value: number | null): Answer | null {
  const next = values.map((one, index) => (index === place ? value : one));
  return next.every((one) => one === null) ? null : { values: next };
}
