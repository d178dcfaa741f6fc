import { type ColumnChoice, chosenColumns, entryOfList, type TakenColumn } from "./column-choices.ts";
import type { ColumnRole, ImportReceipt } from "./import-receipt.ts";
import { longestPath, mostColumns } from "./most-columns.ts";

/** Why columns do not go together, or what comes of it that they do. The page says each at its column, with the cure. */
export const columnConflicts = [
  /** Another column is this already, and only one can be. */
  "taken",
  /** Prompts stand below each other, with a blank line between. */
  "joined",
  "betterAlone",
  "worseAlone",
  /** Better and worse are all the answers that there are. */
  "answerBesidePair",
  /** Answers are in one list, or a column each. */
  "answerBesideList",
  "rankAlone",
  "rankCount",
  /** Ranks and votes both say which is better. */
  "rankBesideVotes",
  "scoreAlone",
  "scoreCount",
  /** Aspects are of one answer. */
  "aspectAlone",
  "voteAlone",
  /** A vote is between two. */
  "voteOfSeveral",
  /** Nothing that anybody said is there. */
  "annotatorAlone",
  /** One for each answer, or none is taken. */
  "modelCount",
  /** So many columns can't be this of one row. */
  "tooMany",
  "pathTooLong",
] as const;
export type ConflictCode = (typeof columnConflicts)[number];

export interface ColumnConflict {
  readonly path: string;
  readonly code: ConflictCode;
  /** Whether nothing can be read so; else it is said, and read. */
  readonly stops: boolean;
  /** The other column, or the numbers that do not fit. */
  readonly values: { readonly other?: string; readonly count?: number; readonly expected?: number };
}

const onlyOne: readonly ColumnRole[] = [
  ...(["system", "better", "worse", "annotator", "split", "language"] as const),
  ...(["id", "cluster", "source", "sensitive", "gold"] as const),
];
const notes: readonly ConflictCode[] = ["joined", "annotatorAlone", "modelCount"];

/** What does not go together of the columns as they were taken, with what was chosen since, each at the column to be changed. */
export function conflictsOf(
  receipt: Pick<ImportReceipt, "columns">,
  changes: readonly ColumnChoice[],
): readonly ColumnConflict[] {
  const columns = chosenColumns(receipt.columns, changes);
  const changed = new Set(changes.map(({ path }) => path));
  const found = new Found(columns, changed);
  return [...ofOne(found), ...ofAnswers(found), ...ofJudgements(found), ...ofMany(found)];
}

class Found {
  readonly columns: readonly TakenColumn[];
  readonly #changed: ReadonlySet<string>;

  constructor(columns: readonly TakenColumn[], changed: ReadonlySet<string>) {
    this.columns = columns;
    this.#changed = changed;
  }

  /** Columns of the row itself with this role; those that were changed come last, for it is there that it is said. */
  of(role: ColumnRole): string[] {
    const paths = this.columns.filter((one) => one.role === role && entryOfList(one.path) === null);
    return paths
      .map(({ path }) => path)
      .sort((one, other) => Number(this.#changed.has(one)) - Number(this.#changed.has(other)));
  }

  within(role: ColumnRole): string[] {
    return this.columns.filter((one) => one.role === role && entryOfList(one.path) !== null).map(({ path }) => path);
  }

  lists(role: ColumnRole): string[] {
    return this.columns.filter((one) => one.role === role && one.list).map(({ path }) => path);
  }

  /** Answers that stand in columns of their own. */
  plain(): string[] {
    const lists = new Set(this.lists("answer"));
    return this.of("answer").filter((path) => !lists.has(path));
  }

  /** How many answers a row has: a list may have any number. */
  answers(): number {
    const pair = this.of("better").length > 0 && this.of("worse").length > 0 ? 2 : 0;
    const ids = this.of("answerId").length;
    return this.inList() ? Number.POSITIVE_INFINITY : Math.max(pair, this.plain().length, ids);
  }

  inList(): boolean {
    return this.within("answer").length > 0 || this.lists("answer").length > 0;
  }
}

const conflict = (path: string, code: ConflictCode, values: ColumnConflict["values"] = {}): ColumnConflict => ({
  path,
  code,
  stops: !notes.includes(code),
  values,
});

function ofOne(found: Found): ColumnConflict[] {
  const twice = onlyOne.flatMap((role) => {
    const [first, ...more] = found.of(role);
    return more.map((path) => conflict(path, "taken", { other: first ?? "" }));
  });
  const [prompt, ...more] = found.of("prompt");
  return [...twice, ...more.map((path) => conflict(path, "joined", { other: prompt ?? "" }))];
}

const several = ["prompt", "turn", "answer", "vote", "aspect", "media", "metadata"] as const;

/** More than a mapping holds, said at each that is too many; and names that it can't hold. */
function ofMany(found: Found): ColumnConflict[] {
  const tooMany = several.flatMap((role) => {
    // Of metadata each entry of a list is a column of its own; of the others a list is one.
    const paths = role === "metadata" ? [...found.of(role), ...found.within(role)] : found.of(role);
    const values = { count: paths.length, expected: mostColumns[role] };
    return paths.slice(mostColumns[role]).map((path) => conflict(path, "tooMany", values));
  });
  const named = found.columns.filter(({ path, role }) => role !== "unused" && path.length > longestPath);
  const values = { expected: longestPath };
  return [...tooMany, ...named.map(({ path }) => conflict(path, "pathTooLong", { count: path.length, ...values }))];
}

function ofAnswers(found: Found): ColumnConflict[] {
  const [better] = found.of("better");
  const [worse] = found.of("worse");
  const plain = found.plain();
  const pair = better ?? worse;
  const beside = plain.map((path) =>
    pair === undefined
      ? conflict(path, "answerBesideList", { other: found.within("answer")[0] ?? found.lists("answer")[0] ?? "" })
      : conflict(path, "answerBesidePair", { other: pair }),
  );
  const models = found.of("model");
  const answers = found.answers();
  const countsModels = models.length > 0 && answers > 0 && Number.isFinite(answers) && models.length !== answers;
  return [
    ...(better !== undefined && worse === undefined ? [conflict(better, "betterAlone")] : []),
    ...(worse !== undefined && better === undefined ? [conflict(worse, "worseAlone")] : []),
    ...(pair !== undefined || found.inList() ? beside : []),
    ...(countsModels
      ? models.slice(-1).map((path) => conflict(path, "modelCount", { count: models.length, expected: answers }))
      : []),
  ];
}

function ofJudgements(found: Found): ColumnConflict[] {
  const answers = found.answers();
  const hasPair = found.of("better").length > 0 && found.of("worse").length > 0;
  const ranks = [...found.of("rank"), ...found.within("rank")];
  const votes = [...found.of("vote"), ...found.within("vote")];
  const [scores, aspects] = [found.of("score"), found.of("aspect")];
  const said = [...ranks, ...votes, ...scores, ...aspects].length > 0 || hasPair;
  return [
    ...ofRanks(found, answers, ranks, hasPair || votes.length > 0),
    ...ofScores(answers, scores),
    ...aspects.flatMap((path) => (answers === 1 ? [] : [conflict(path, "aspectAlone")])),
    ...votes.flatMap((path) => {
      if (hasPair) return [conflict(path, "taken", { other: found.of("better")[0] ?? "" })];
      if (answers === 0) return [conflict(path, "voteAlone")];
      return Number.isFinite(answers) && answers > 2 ? [conflict(path, "voteOfSeveral")] : [];
    }),
    ...(said ? [] : found.of("annotator").map((path) => conflict(path, "annotatorAlone"))),
  ];
}

function ofRanks(found: Found, answers: number, ranks: readonly string[], isSaid: boolean): ColumnConflict[] {
  const [first] = ranks;
  if (first === undefined) return [];
  if (answers < 2) return ranks.map((path) => conflict(path, "rankAlone"));
  if (isSaid) return [conflict(first, "rankBesideVotes")];
  const own = found.of("rank");
  // One column is a list with a rank for each.
  const expected = found.inList() ? 1 : answers;
  const fits = own.length === 0 || own.length === expected || (own.length === 1 && found.lists("rank").length === 1);
  return fits ? [] : own.slice(-1).map((path) => conflict(path, "rankCount", { count: own.length, expected }));
}

function ofScores(answers: number, scores: readonly string[]): ColumnConflict[] {
  if (answers === 0) return scores.map((path) => conflict(path, "scoreAlone"));
  const expected = Number.isFinite(answers) ? answers : 0;
  if (scores.length === 0 || scores.length === expected) return [];
  return scores.slice(-1).map((path) => conflict(path, "scoreCount", { count: scores.length, expected }));
}
