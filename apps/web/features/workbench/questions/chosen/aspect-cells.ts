import type { Answer, Question } from "@touchstone/contracts";

export interface Cell {
  readonly aspect: string;
  readonly place: number;
}

/** What is rated of each answer. */
export const aspectsOf = ({ settings }: Pick<Question, "settings">): string[] =>
  Array.isArray(settings.aspects) ? settings.aspects.filter((one) => typeof one === "string") : [];

export const stepsOf = ({ settings }: Pick<Question, "settings">): number => (settings.steps === 7 ? 7 : 5);

/** The scores of one aspect for each answer as shown; null where none is given yet. */
export function scoresOf(draft: Answer | undefined, aspect: string, count: number): (number | null)[] {
  const given = isRecord(draft?.ratings) && Object.hasOwn(draft.ratings, aspect) ? draft.ratings[aspect] : [];
  const scores: unknown[] = Array.isArray(given) ? given : [];
  return Array.from({ length: count }, (_, place) => {
    const score = scores[place];
    return typeof score === "number" ? score : null;
  });
}

/** A draft with one score more, or another one. */
export function withScore(
  question: Question,
  draft: Answer | undefined,
  count: number,
  at: Cell,
  score: number,
): Answer {
  return { ratings: scoresWith(question, draft, count, at, score) };
}

/** A draft without the score of one cell; null where none is left. */
export function withoutScore(question: Question, draft: Answer | undefined, count: number, at: Cell): Answer | null {
  const ratings = scoresWith(question, draft, count, at, null);
  return Object.values(ratings)
    .flat()
    .every((score) => score === null)
    ? null
    : { ratings };
}

function scoresWith(question: Question, draft: Answer | undefined, count: number, at: Cell, score: number | null) {
  return Object.fromEntries(
    aspectsOf(question).map((aspect) => {
      const scores = scoresOf(draft, aspect, count);
      if (aspect === at.aspect) scores[at.place] = score;
      return [aspect, scores];
    }),
  );
}

/** All cells in the order in which the focus goes through them: aspect by aspect, each answer in turn. */
export const cellsOf = (question: Question, count: number): Cell[] =>
  aspectsOf(question).flatMap((aspect) => Array.from({ length: count }, (_, place) => ({ aspect, place })));

/** The next cell without a score, from one on and around; null where all have one. */
export function nextEmpty(question: Question, draft: Answer | undefined, count: number, from?: Cell): Cell | null {
  const cells = cellsOf(question, count);
  const start = from ? cells.findIndex(({ aspect, place }) => aspect === from.aspect && place === from.place) : 0;
  const inTurn = [...cells.slice(start), ...cells.slice(0, start)];
  return inTurn.find(({ aspect, place }) => scoresOf(draft, aspect, count)[place] === null) ?? null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
