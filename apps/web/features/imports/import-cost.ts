/** What a judgement takes where nobody has judged yet. */
const assumedSeconds = 20;

export interface ImportCost {
  readonly judgements: number;
  readonly each: number;
  readonly secondsEach: number;
  readonly pace: number;
  /** Whether the pace is our assumption and not this project's own. */
  readonly assumed: boolean;
}

/** How much work an import asks of each of so many people, at the pace of this project. */
export function costOf(judgements: number, people: number, medianSeconds: number | null): ImportCost {
  const pace = medianSeconds ?? assumedSeconds;
  const each = Math.ceil(judgements / Math.max(1, people));
  return { judgements, each, secondsEach: each * pace, pace, assumed: medianSeconds === null };
}
