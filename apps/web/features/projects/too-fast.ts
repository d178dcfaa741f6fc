import type { ProjectFigures } from "@touchstone/contracts";

type Pace = Pick<ProjectFigures["annotators"][number], "kind" | "medianSeconds" | "readingSeconds">;

/** Whatever the text, one second is the least that a choice takes. */
const leastSeconds = 1;

/**
 * The seconds that a person's judgements would take at least, if they take less in the median; null where nothing is to
 * be marked. The reading time is that of the answers, as `lettersPerSecond` of labeling has it.
 */
export function tooFastFor({ kind, medianSeconds, readingSeconds }: Pace): number | null {
  if (kind !== "person" || medianSeconds === null || medianSeconds === 0) return null;
  const least = Math.max(leastSeconds, readingSeconds ?? 0);
  return medianSeconds < least ? least : null;
}
