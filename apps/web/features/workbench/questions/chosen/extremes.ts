import type { Answer } from "@touchstone/contracts";

/** The best and the worst so far, by their places as shown. */
export interface Extremes {
  readonly best: number | null;
  readonly worst: number | null;
}

export function extremesOf(draft: Answer | undefined, count: number): Extremes {
  const place = (value: unknown): number | null =>
    typeof value === "number" && Number.isInteger(value) && value >= 0 && value < count ? value : null;
  return { best: place(draft?.best), worst: place(draft?.worst) };
}

/** What a press on an answer makes of them: it takes back what the answer was, else it is the best, and then the worst. */
export function withPressed({ best, worst }: Extremes, place: number): Extremes {
  if (place === best) return { best: null, worst };
  if (place === worst) return { best, worst: null };
  return best === null ? { best: place, worst } : { best, worst: place };
}

/** Null where nothing is chosen. */
export function draftOf({ best, worst }: Extremes): Answer | null {
  if (best === null && worst === null) return null;
  return { ...(best === null ? {} : { best }), ...(worst === null ? {} : { worst }) };
}
