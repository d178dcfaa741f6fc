import type { Answer, BroughtName, MediaRef, Message, Split } from "@touchstone/contracts";
import { type AskedOfRows, ownSides, preferencePairs } from "@touchstone/datasets";
import { answerFor, type Outcome, splitOf } from "@touchstone/labeling";
import { promptHash } from "../prompts/insert.ts";

/** What a vote or a rating brings beside the answer. */
interface VoteToImport {
  readonly annotator: string;
  readonly comment?: string;
  readonly flagged?: boolean;
  readonly origin?: {
    readonly labelId: string | null;
    readonly annotator: string | null;
    readonly createdAt: string | null;
    readonly margin: number | null;
    readonly timings: unknown;
  };
}

interface SideToImport {
  readonly key: string;
  readonly text: string | null;
  readonly media?: readonly MediaRef[];
  readonly model?: string | null;
  readonly exportedId?: string | null;
  readonly trajectory?: unknown;
}

/** What an import brings, row by row; packages/datasets makes these of any file. */
export interface RowToImport {
  readonly line: number;
  readonly itemId: string | null;
  readonly promptId: string | null;
  readonly prompt: readonly Message[];
  readonly cluster: string | null;
  /** As published; null leaves it to the cluster. */
  readonly split: Split | null;
  readonly language: string | null;
  readonly sourceText: string | null;
  readonly sensitive?: boolean;
  /** In canonical order. */
  readonly completions: readonly SideToImport[];
  /** About completions 0 and 1: +3 … −3. */
  readonly votes: readonly (VoteToImport & {
    readonly outcome: number;
    readonly bothBad?: boolean;
    readonly shownOrder?: readonly number[];
  })[];
  readonly ratings: readonly (VoteToImport & { readonly completion: number; readonly score: number })[];
  /** Answers to questions of other kinds, in the order of `sides`. */
  readonly judgements?: readonly (VoteToImport & {
    readonly questionnaire: BroughtName;
    readonly sides: readonly number[];
    readonly answer: Answer;
  })[];
  readonly gold: string | null;
  /** Columns that are kept beside the item, by their paths. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly note: string | null;
  /** The judgement in which its answer was written, where there is no vote that names one. */
  readonly labelId?: string | null;
}

/** A row as the statements of `statements.ts` read it from JSON. */
export interface StagedRow {
  /** Of the messages. */
  readonly hash: string;
  readonly messages: readonly Message[];
  /** Null where the file names none: the prompt is then a cluster of its own. */
  readonly named_cluster: string | null;
  readonly cluster: string;
  /** Null where the file names none. */
  readonly named_split: Split | null;
  /** For a cluster that has no prompt yet. */
  readonly split: Split;
  readonly language: string | null;
  readonly source_text: string | null;
  /** Null where the file says nothing of it. */
  readonly sensitive: boolean | null;
  readonly sides: readonly SideToImport[];
  /** The prompt's id and the label's in the export that the row comes from. */
  readonly prompt_id: string | null;
  readonly label: string | null;
  readonly tasks: readonly StagedTask[];
}

export interface StagedTask {
  /** By name; the newest version. */
  readonly questionnaire: string;
  /** Indexes into `sides`, counted from 0. */
  readonly sides: readonly number[];
  readonly item: string | null;
  readonly gold: string | null;
  /** Columns kept beside it, by their paths. */
  readonly row?: Readonly<Record<string, unknown>>;
  readonly votes: readonly StagedVote[];
}

/**
 * `answer` is for the order of `sides`, `turned` for the other one, should the task exist the other way round. Without
 * `turned` the answer stands in the order shown, and `order` alone says which answers those are.
 */
interface StagedVote {
  readonly annotator: string;
  readonly answer: Answer;
  readonly turned?: Answer;
  readonly order: readonly number[];
  readonly turnedOrder?: readonly number[];
  readonly comment: string;
  readonly flagged: boolean;
  readonly origin: VoteToImport["origin"] | null;
}

/**
 * The tasks of a row: those its votes and ratings are about, and those that people are to be asked.
 */
export function stage(row: RowToImport, asked: AskedOfRows): StagedRow {
  const hash = promptHash(row.prompt.map((message) => ({ ...message })));
  const cluster = row.cluster ?? hash;
  return {
    hash,
    messages: row.prompt,
    named_cluster: row.cluster,
    cluster,
    named_split: row.split,
    split: row.split ?? splitOf(cluster),
    language: row.language,
    source_text: row.sourceText,
    sensitive: row.sensitive ?? null,
    sides: row.completions,
    prompt_id: row.promptId,
    label:
      [row.votes, row.ratings, row.judgements ?? []].flatMap(([first]) => first?.origin?.labelId ?? [])[0] ??
      row.labelId ??
      null,
    tasks: [...preferenceTasks(row, asked), ...ratingTasks(row, asked), ...broughtTasks(row), ...ownTasks(row, asked)],
  };
}

function preferenceTasks(row: RowToImport, asked: AskedOfRows): StagedTask[] {
  const votes = row.votes.map(preferenceVote);
  const { pairs, voted } = preferencePairs(row, asked);
  return pairs.map((sides, index) => ({
    questionnaire: "preference",
    sides,
    ...itemOf(row),
    votes: index === voted ? votes : [],
  }));
}

/** Where the file tells what was shown, that is kept; else the answers stood in the order of the file. */
function preferenceVote(vote: RowToImport["votes"][number]): StagedVote {
  const { outcome, bothBad = false, shownOrder } = vote;
  const order = shownOrder ?? [0, 1];
  const turnedOrder = shownOrder ? shownOrder.map((index) => 1 - index) : order;
  const answer: Answer = bothBad ? { choice: "both-bad" } : answerFor(gradeOf(outcome), order);
  const turned: Answer = bothBad ? answer : answerFor(gradeOf(-outcome), turnedOrder);
  return { ...detailsOf(vote), answer, turned, order, turnedOrder };
}

function detailsOf({ annotator, comment = "", flagged = false, origin }: VoteToImport) {
  return { annotator, comment, flagged, origin: hasOrigin(origin) ? (origin ?? null) : null };
}

function hasOrigin(origin: VoteToImport["origin"]): boolean {
  return origin !== undefined && Object.values(origin).some((value) => value !== null);
}

function ratingTasks(row: RowToImport, asked: AskedOfRows): StagedTask[] {
  const ratingsOf = row.completions.map((): RowToImport["ratings"][number][] => []);
  for (const rating of row.ratings) ratingsOf[rating.completion]?.push(rating);
  return row.completions.flatMap((_, index): StagedTask[] => {
    const ratings = ratingsOf[index] ?? [];
    if (ratings.length === 0 && asked.name !== "rating") return [];
    const votes = ratings.map((rating) => {
      const answer: Answer = { choice: "rated", score: rating.score };
      return { ...detailsOf(rating), answer, turned: answer, order: [0], turnedOrder: [0] };
    });
    return [{ questionnaire: "rating", sides: [index], ...itemOf(row), votes }];
  });
}

/** Each judgement is a vote on its task; those of one task are found together when the tasks are resolved. */
function broughtTasks(row: RowToImport): StagedTask[] {
  return (row.judgements ?? []).map(({ questionnaire, sides, answer, ...vote }) => ({
    questionnaire,
    sides,
    ...itemOf(row),
    votes: [{ ...detailsOf(vote), answer, order: sides.map((_, index) => index) }],
  }));
}

/** Tasks of a questionnaire of the project's own. */
function ownTasks(row: RowToImport, asked: AskedOfRows): StagedTask[] {
  const own = { questionnaire: asked.name, ...itemOf(row), votes: [] };
  return ownSides(row, asked).map((sides) => ({ ...own, sides }));
}

/** What of the row each of its tasks has. */
function itemOf({ itemId, gold, metadata }: RowToImport) {
  return { item: itemId, gold, ...(metadata === undefined ? {} : { row: metadata }) };
}

function gradeOf(outcome: number): Outcome {
  const grade = ([-3, -2, -1, 0, 1, 2, 3] as const).find((known) => known === outcome);
  // −0 of a turned tie compares equal to 0, and comes out as 0.
  if (grade === undefined) throw new RangeError(`an imported vote is +3 … −3, not ${outcome}`);
  return grade;
}
