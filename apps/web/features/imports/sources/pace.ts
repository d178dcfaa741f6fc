/** How fast something went a moment ago: what was done when. */
export interface Mark {
  readonly at: number;
  readonly done: number;
}

/** Looked at over so long: a line's speed of now, and not of the whole time. */
const windowMs = 8_000;

/** The marks that still count, with the newest; none before a broken line, after which less is there than seemed to be. */
export function marked(marks: readonly Mark[], mark: Mark): readonly Mark[] {
  if (marks.some(({ done }) => done > mark.done)) return [mark];
  return [...marks.filter(({ at }) => mark.at - at <= windowMs), mark];
}

/** Seconds until all is done at this pace; null where no pace is known yet. */
export function secondsLeft(marks: readonly Mark[], all: number): number | null {
  const first = marks[0];
  const last = marks.at(-1);
  if (!first || !last || last.at - first.at < 1_000 || last.done <= first.done) return null;
  const perSecond = ((last.done - first.done) / (last.at - first.at)) * 1_000;
  return (all - last.done) / perSecond;
}
