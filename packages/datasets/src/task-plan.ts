import { type AnswersTogether, isStandardName } from "@touchstone/contracts";
import { allPairs, pairsTogether, sidesOfTasks, unchosenTogether } from "@touchstone/labeling";
import type { ImportRow } from "./import-row.ts";
import { lineProblem } from "./read/line-problem.ts";

/** The questionnaire that people are to be asked of the rows, how many answers a task of it shows, and which stand together. */
export interface AskedOfRows {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Left out: as an import does where nothing is chosen. */
  readonly together?: AnswersTogether | undefined;
}

type Pair = readonly [number, number];
/** What of a row decides its tasks. */
type PlannedRow = Pick<ImportRow, "prompt"> & {
  readonly completions: readonly unknown[];
  readonly votes: readonly unknown[];
};

interface PlannedPairs {
  /** Indexes into the row's completions. */
  readonly pairs: readonly Pair[];
  /** Which of the pairs has the votes; -1 where there are none. */
  readonly voted: number;
  /** Whether that pair is there for its votes alone. */
  readonly beside: boolean;
}

/** Tasks that one row may make where every answer meets every other one: those of 63 answers. */
const mostTasks = 2_000;

/** What names a row's prompt where pairs are drawn: its words, so that the same prompt has the same pairs in every file. */
const seedKey = ({ prompt }: Pick<ImportRow, "prompt">): string =>
  JSON.stringify(prompt.map(({ role, content }) => [role, content]));

/**
 * The pairs of a row that are tasks of “preference”: those that people are asked, and the one that its votes are about, which
 * is a task whichever pairs were chosen, so that no vote is lost.
 */
export function preferencePairs(row: PlannedRow, asked: AskedOfRows): PlannedPairs {
  const hasVotes = row.votes.length > 0;
  if (!hasVotes && asked.name !== "preference") return { pairs: [], voted: -1, beside: false };
  const together = asked.name === "preference" ? (asked.together ?? unchosenTogether) : unchosenTogether;
  const pairs = pairsTogether(row.completions.length, together, seedKey(row));
  if (!hasVotes) return { pairs, voted: -1, beside: false };
  const voted = pairs.findIndex(([one, other]) => one === 0 && other === 1);
  if (voted >= 0) return { pairs, voted, beside: false };
  return { pairs: [[0, 1], ...pairs], voted: 0, beside: true };
}

/** The tasks of a questionnaire of the project's own, as indexes into the row's completions. */
export function ownSides(row: PlannedRow, asked: AskedOfRows): readonly (readonly number[])[] {
  if (isStandardName(asked.name)) return [];
  return sidesOfTasks(row.completions.length, asked, asked.together, seedKey(row));
}

interface PlannedTask {
  /** By name. */
  readonly questionnaire: string;
  /** Indexes into the row's completions. */
  readonly sides: readonly number[];
  /** How many judgements of the row are about it. */
  readonly judgements: number;
}

/** The tasks of a row in the order in which they are made: those its judgements are about, and those that people are asked. */
export function plannedTasks(row: ImportRow, asked: AskedOfRows): PlannedTask[] {
  const { pairs, voted } = preferencePairs(row, asked);
  const { completions, votes, ratings, judgements = [] } = row;
  const own = ownSides(row, asked);
  return [
    ...pairs.map((sides, index) => ({
      questionnaire: "preference",
      sides,
      judgements: index === voted ? votes.length : 0,
    })),
    ...completions.flatMap((_, index) => {
      const own = ratings.filter(({ completion }) => completion === index).length;
      return own > 0 || asked.name === "rating" ? [{ questionnaire: "rating", sides: [index], judgements: own }] : [];
    }),
    ...judgements.map(({ questionnaire, sides }) => ({ questionnaire, sides, judgements: 1 })),
    ...own.map((sides) => ({ questionnaire: asked.name, sides, judgements: 0 })),
  ];
}

/** Whether people are asked of pairs, in a way that may be chosen. */
export const asksPairs = ({ least, most }: Pick<AskedOfRows, "least" | "most">): boolean => least === 2 && most === 2;

/** The row itself, where it makes no more tasks than may be. @throws DomainError invalid_line */
export function withinTasks(row: ImportRow, asked: AskedOfRows | undefined): ImportRow {
  if (asked?.together?.way !== "all" || !asksPairs(asked)) return row;
  const count = allPairs(row.completions.length);
  if (count <= mostTasks) return row;
  throw lineProblem(row.line, null, "tooManyPairs", { answers: row.completions.length, count, limit: mostTasks });
}
