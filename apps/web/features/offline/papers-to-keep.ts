import type { DeskPapers } from "./kept.ts";

interface PapersSeen extends DeskPapers {
  /** Versions of the guideline that the held tasks are tied to. */
  readonly versions: readonly number[];
}

/**
 * What replaces the papers that are kept; null leaves those as they are. A window without tasks, such as a second one of
 * a project that stands in another, knows no guideline, and neither does one whose guideline has not come yet.
 */
export function papersToKeep({ project, guidelines, versions }: PapersSeen): DeskPapers | null {
  const known = new Set(guidelines.map(({ version }) => version));
  const whole = versions.length > 0 && versions.every((version) => known.has(version));
  return whole ? { project, guidelines } : null;
}
